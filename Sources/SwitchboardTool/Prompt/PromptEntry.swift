import Switchboard
import SwitchboardTerminal

/// What was typed at the prompt.
enum PromptEntry {
    case nothing
    case meta(MetaCommand, argument: String)
    /// What is no entry of this prompt.
    case mistaken(SwitchboardError)
    case statement

    /// The words that have left other programs for as long as there are prompts.
    private static let farewells: Set = [":q", "exit", "quit", "exit;", "quit;", "exit()", "quit()"]

    init(_ text: String) {
        if let before = EditRequest.text(in: text) {
            self = .meta(.edit, argument: before)
        } else if Self.farewells.contains(text.trimmed) {
            self = .meta(.quit, argument: "")
        } else if text.trimmed == "?", let help = MetaCommand.named("help") {
            self = .meta(help, argument: "")
        } else if let line = MetaLine(text) {
            self = line.command.map { .meta($0, argument: line.argument) } ?? .mistaken(MetaCommand.unknown(line.name))
        } else if let mistake = Mistake.backslash(text) {
            self = .mistaken(mistake)
        } else {
            self = text.trimmed.isEmpty ? .nothing : .statement
        }
    }

    /// Whether Enter ends the entry: a meta command ends with its line unless it takes a statement that goes on.
    static func isComplete(_ text: String) -> Bool {
        guard let line = MetaLine(text) else { return Mistake.backslash(text) != nil || Engine.isComplete(text) }
        if case .behind? = line.command?.statement { return Engine.isComplete(line.statement) }
        return true
    }
}

extension String {
    /// The text without blanks around it.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }

    /// The text without the quotes around it.
    var unquoted: String {
        guard let quote = first, "'\"".contains(quote), count > 1, last == quote else { return self }
        return String(dropFirst().dropLast())
    }

    /// The text behind its first words.
    func withoutWords(_ count: Int) -> String {
        var rest = self[...]
        for _ in 0..<count { rest = rest.drop { !$0.isWhitespace }.drop(while: \.isWhitespace) }
        return String(rest)
    }
}
