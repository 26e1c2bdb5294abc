import SwitchboardCore
import SwitchboardLanguage

/// How the journal names the places of a script: by what is written there, so that a name stays where lines are put in
/// front or behind.
final class PlaceNames {
    private var starts: [String: [Int]] = [:]

    /// The name of a place that begins at an offset of the source; of places where the same is written each has its own.
    func name(_ word: String, _ text: String, at start: Int) -> String {
        let name = "\(word):\(Fingerprint.of(Self.meaning(of: text)))"
        let known = starts[name] ?? []
        if let index = known.firstIndex(of: start) { return Self.numbered(name, index) }
        starts[name] = known + [start]
        return Self.numbered(name, known.count)
    }

    /// What is written without what means nothing: blanks, remarks, how many lines end in a row.
    static func meaning(of text: String) -> String {
        let source = SourceText(name: "", text: text)
        let words = Lexer.tokens(of: source).tokens.compactMap { token in
            switch token.kind {
            case .newline: "\n"
            case .end: nil
            default: source.text(token.span)
            }
        }
        return words.isEmpty ? text : words.joined(separator: " ")
    }

    private static func numbered(_ name: String, _ index: Int) -> String { index == 0 ? name : "\(name).\(index + 1)" }
}

/// The names of the turns of a loop, or of the items that a command maps over: by the item's own number or content, since
/// places in a list move.
final class TurnNames {
    private var counts: [String: Int] = [:]

    /// The next turn's name; a second turn of the same item has another one.
    func next(_ item: Value) -> String {
        let name = item.ownName
        let count = counts[name, default: 0] + 1
        counts[name] = count
        return count == 1 ? name : "\(name) \(count)"
    }
}

extension Value {
    /// What tells it from other items: its own number, a short text itself, else a fingerprint.
    var ownName: String {
        if let number = ownNumber { return number.text }
        if let text = plainText, text.utf8.count <= 40, !text.contains("/") { return text }
        return Fingerprint.of(json)
    }
}
