import Switchboard
import Testing

@testable import SwitchboardTool

/// What was typed at the prompt, and when it is whole.
@Suite struct PromptEntryTests {
    private func read(_ text: String) -> String {
        switch PromptEntry(text) {
        case .nothing: "nothing"
        case .statement: "statement"
        case .meta(let command, let argument): ":\(command.name) <\(argument)>"
        case .mistaken(let mistake): mistake.message
        }
    }

    @Test(arguments: [
        ("", "nothing"), (" \n ", "nothing"), ("list", "statement"), (" list", "statement"), ("quit", ":quit <>"),
        ("exit", ":quit <>"), ("exit 3", "statement"), (":q", ":quit <>"), (":mode  json ", ":mode <json>"),
        (":plan", ":plan <>"), (":bg for n in [1] {\n$n\n}", ":bg <for n in [1] {\n$n\n}>"),
        (":nope x", "no meta command ':nope'"), (":", "no meta command ':'"), ("exit;", ":quit <>"),
        ("quit()", ":quit <>"), ("?", ":help <>"),
        ("\\q", "commands of the prompt begin with a colon, not with \\"), (":edit", ":edit <>"),
        ("list |\n:edit ", ":edit <list |>"),
    ])
    func anEntryIsRead(_ text: String, _ entry: String) {
        #expect(read(text) == entry)
    }

    @Test(arguments: [
        ("", true), ("list", true), ("list |", false), ("for n in [1] {", false), (":mode {", true),
        (":bg list |", false),
        (":bg list", true), (":watch 5s list |", false), (":watch 5s list | first", true), (":watch", true),
        (":nope {", true), (":edit", true),
    ])
    func anEntryIsWholeOrGoesOn(_ text: String, _ isWhole: Bool) {
        #expect(PromptEntry.isComplete(text) == isWhole)
    }
}
