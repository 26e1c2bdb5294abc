/// The statements that a session knows of, oldest first.
public struct HistoryList: Sendable {
    /// The statements.
    public private(set) var entries: [HistoryEntry] = []
    /// The number of the first of them; a number stays what it is when older ones are put in front.
    private var first = 0
    /// Those whose end is not told yet, by id, by their numbers.
    private var open: [String: Int] = [:]

    /// Makes an empty list.
    public init() {}

    /// Adds a statement, or what is told of the end of one; of one that is not here nothing is kept.
    public mutating func add(_ entry: HistoryEntry) {
        if !entry.text.isEmpty {
            if entry.exit == nil { open[entry.id] = first + entries.count }
            entries.append(entry)
        } else if let number = open.removeValue(forKey: entry.id) {
            entries[number - first].take(entry)
        }
    }

    /// Puts older statements in front.
    public mutating func prepend(_ older: [HistoryEntry]) {
        var list = HistoryList()
        older.forEach { list.add($0) }
        first -= list.entries.count
        entries = list.entries + entries
    }

    /// The texts, oldest first, each once: where it was entered last.
    public var texts: [String] {
        var seen: Set<String> = []
        return entries.reversed().compactMap { seen.insert($0.text).inserted ? $0.text : nil }.reversed()
    }

    /// The newest statement older than the number (nil: the newest of all) that contains the text.
    ///
    /// A text without capitals finds them too. One that stands several times in a row is found once.
    public func search(_ query: String, before: Int?) -> FoundLine? {
        let wanted = SearchedText(query)
        let end = min(max((before ?? .max) - (before == nil ? 0 : first), 0), entries.count)
        let shown = before.flatMap { entries.indices.contains($0 - first) ? entries[$0 - first].text : nil }
        for place in (0..<end).reversed() where entries[place].text != shown && wanted.isIn(entries[place].text) {
            let entry = entries[place]
            return FoundLine(index: first + place, text: entry.text, remark: entry.remark)
        }
        return nil
    }
}

/// A text that is looked for in others, byte by byte: no character of it has a meaning.
struct SearchedText {
    private let bytes: [UInt8]
    private let foldsCase: Bool

    init(_ text: String) {
        foldsCase = text == text.lowercased()
        bytes = Array(text.utf8)
    }

    func isIn(_ text: String) -> Bool {
        guard foldsCase else { return Self.isIn(text, bytes) }
        return Self.isIn(text.utf8.allSatisfy { $0 < 0x80 && !Self.isCapital($0) } ? text : text.lowercased(), bytes)
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

    private static func isIn(_ text: String, _ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first else { return true }
        var text = text
        return text.withUTF8 { text in
            guard text.count >= wanted.count else { return false }
            return (0...text.count - wanted.count).contains { start in
                text[start] == first && text[start..<start + wanted.count].elementsEqual(wanted)
            }
        }
    }
}
