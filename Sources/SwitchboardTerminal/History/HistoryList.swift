/// The statements that a session knows of, oldest first.
public struct HistoryList: Sendable {
    /// The statements.
    public private(set) var entries: [HistoryEntry] = []
    /// Those whose end is not told yet, by id, by their numbers.
    private var open: [String: Int] = [:]

    /// Makes an empty list.
    public init() {}

    /// Adds a statement, or what is told of the end of one; of one that is not here nothing is kept.
    public mutating func add(_ entry: HistoryEntry) {
        if !entry.text.isEmpty {
            if entry.exit == nil { open[entry.id] = entries.count }
            entries.append(entry)
        } else if let number = open.removeValue(forKey: entry.id) {
            entries[number].take(entry)
        }
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
        let end = min(max(before ?? .max, 0), entries.count)
        let shown = before.flatMap { entries.indices.contains($0) ? entries[$0].text : nil }
        let place = (0..<end).last { entries[$0].text != shown && wanted.isIn(entries[$0].text) }
        return place.map { FoundLine(index: $0, text: entries[$0].text, remark: entries[$0].remark) }
    }
}

/// A text that is looked for in others, byte by byte: no character of it has a meaning.
struct SearchedText {
    private let bytes: [UInt8]
    /// Whether capitals are as good.
    let foldsCase: Bool
    /// A part of it, in which letters are capital or not by one bit: what has the text has this too.
    let likely: String

    init(_ text: String) {
        foldsCase = text == text.lowercased()
        likely =
            text.split(whereSeparator: { !$0.isASCII }).map(String.init).max { $0.utf8.count < $1.utf8.count } ?? ""
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
