import SwitchboardTerminal
import Synchronization

/// A language of words, braces and bars, which the demo's prompt reads.
struct DemoHooks: Sendable {
    let remembered: Remembered
    private let late = LateAnswer()

    var hooks: LineHooks {
        LineHooks(
            isComplete: { Self.depth($0) <= 0 && !Self.lastWord($0).hasSuffix("|") },
            complete: { Self.complete($0, $1, late: late) },
            hint: { text, _ in Self.hints[text] },
            search: { remembered.search($0, before: $1) },
            indentation: { 4 * max(0, Self.depth($0)) },
            statements: Self.statements)
    }

    private static let hints = [
        "each {\n    ": "{ ..", "each {\n    ab": "{ ..", "search ": "[--limit]", "search --limit ": "<count>",
        "purge ": "<name> [--" + String(repeating: "long-", count: 20) + "flag]",
    ]

    private static let words = [
        ListItem(text: "purchase", help: "buys numbers"), ListItem(text: "purge", help: "drops 東京 and others"),
        ListItem(text: "search", help: "finds numbers"), ListItem(text: "zürich", help: ""),
        ListItem(text: "zürüch", help: ""),
    ]

    private static func complete(_ text: String, _ offset: Int, late: LateAnswer) -> TabAnswer {
        let front = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
        let word = front.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        let items =
            switch word {
            case "many": (1...1000).map { ListItem(text: "many\($0)", help: "") }
            case _ where word.hasPrefix("late"): late.items()
            default: words.filter { $0.text.hasPrefix(word) }
            }
        let common = items.dropFirst().reduce(items.first?.text ?? word) { commonPrefix($0, $1.text) }
        return TabAnswer(
            start: offset - word.utf8.count, end: offset, replacement: common + (items.count == 1 ? " " : ""),
            items: items)
    }

    private static func commonPrefix(_ one: String, _ other: String) -> String {
        String(zip(one, other).prefix { $0 == $1 }.map(\.0))
    }

    private static func depth(_ text: some StringProtocol) -> Int {
        text.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "{") ? 1 : $1 == UInt8(ascii: "}") ? -1 : 0) }
    }

    private static func lastWord(_ text: String) -> Substring { text.split(separator: " ").last ?? "" }

    private static func statements(_ text: String) -> Int {
        var depth = 0
        var count = 0
        for row in text.split(separator: "\n") {
            if depth == 0 { count += 1 }
            depth += Self.depth(row)
        }
        return count
    }
}

/// Items that are there from the second question on.
private final class LateAnswer: Sendable {
    private let isThere = Mutex(false)

    func items() -> [ListItem] {
        let isThere = isThere.withLock { isThere in
            defer { isThere = true }
            return isThere
        }
        return isThere ? ["later-de", "later-en"].map { ListItem(text: $0, help: "") } : []
    }
}
