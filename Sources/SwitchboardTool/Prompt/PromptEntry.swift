import Switchboard
import SwitchboardTerminal

/// What was typed at the prompt.
enum PromptEntry {
    case nothing
    case meta(MetaCommand, argument: String)
    /// A colon and a word that no meta command has.
    case unknown(String)
    case statement

    /// The words that have left other programs for as long as there are prompts.
    private static let farewells: Set = [":q", "exit", "quit"]

    init(_ text: String) {
        if let before = EditRequest.text(in: text) {
            self = .meta(.edit, argument: before)
        } else if Self.farewells.contains(text.trimmed) {
            self = .meta(.quit, argument: "")
        } else if let line = MetaLine(text) {
            self = line.command.map { .meta($0, argument: line.argument) } ?? .unknown(line.name)
        } else {
            self = text.trimmed.isEmpty ? .nothing : .statement
        }
    }

    /// Whether Enter ends the entry: a meta command ends with its line unless it takes a statement that goes on.
    static func isComplete(_ text: String) -> Bool {
        guard let line = MetaLine(text) else { return Engine.isComplete(text) }
        return line.command?.wordsBeforeStatement == nil || Engine.isComplete(line.statement)
    }
}

extension String {
    /// The text without blanks around it.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }

    /// The text behind its first words.
    func withoutWords(_ count: Int) -> String {
        var rest = self[...]
        for _ in 0..<count { rest = rest.drop { !$0.isWhitespace }.drop(while: \.isWhitespace) }
        return String(rest)
    }
}
