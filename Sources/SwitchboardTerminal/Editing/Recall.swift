/// What Up and Down bring back: the statements of before, and the one that is being typed.
struct Recall {
    private let lines: [String]
    /// Which one is in the line; the count of all is the one being typed.
    private var place: Int
    /// What was typed over those that were left again.
    private var changed: [Int: String] = [:]

    /// The statements of before, oldest first.
    init(_ lines: [String]) {
        self.lines = lines
        place = lines.count
    }

    /// The statement before the one in the line.
    mutating func older(leaving text: String) -> String? {
        go(to: place - 1, leaving: text)
    }

    /// The statement after the one in the line; at last the one that was being typed.
    mutating func newer(leaving text: String) -> String? {
        go(to: place + 1, leaving: text)
    }

    /// The newest statement before the one in the line that begins like this and is not the same.
    mutating func older(beginning prefix: String, leaving text: String) -> String? {
        guard let found = lines[..<place].lastIndex(where: { $0.hasPrefix(prefix) && $0 != text }) else { return nil }
        return go(to: found, leaving: text)
    }

    private mutating func go(to next: Int, leaving text: String) -> String? {
        guard (0...lines.count).contains(next) else { return nil }
        changed[place] = text
        place = next
        return changed[next] ?? lines[next]
    }
}
