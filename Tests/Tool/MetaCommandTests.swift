import Switchboard
import Testing

@testable import SwitchboardTool

/// The table of meta commands.
@Suite struct MetaCommandTests {
    @Test func theyAreThoseOfTheDesign() {
        let names = """
            help mode profile plan confirm edit last more save history bg fg jobs cancel todo undo watch timing log quit
            """
        #expect(Set(MetaCommand.all.map(\.name)) == Set(names.split(separator: " ").map(String.init)))
        #expect(Set(MetaCommand.all.map(\.name)).count == MetaCommand.all.count)
    }

    @Test func helpShowsAllOfThemAndFitsTheScreen() {
        let lines = PromptHelp.text.split(separator: "\n")
        for command in MetaCommand.all {
            #expect(
                lines.contains { $0.contains(command.usage + "  ") && $0.hasSuffix(command.help) }, "\(command.name)")
        }
        #expect(lines.filter { $0.count > 120 } == [])
    }

    @Test(arguments: [
        ("hlep", "did you mean ':help'?"), ("hist", "did you mean ':history'?"), ("x", ":help lists them"),
    ])
    func aNearNameIsGuessed(_ name: String, _ help: String) {
        #expect(MetaCommand.unknown(name).help == help)
    }

    @Test(arguments: [
        ("\\q", "did you mean ':quit'?"), (" \\dt+ numbers", "did you mean 'list'?"),
        ("\\watch 5", "did you mean ':watch'?"), ("\\copy x", ":help lists them"),
    ])
    func aBackslashIsExplained(_ line: String, _ help: String) {
        guard case .mistaken(let mistake) = PromptEntry(line) else { return #expect(Bool(false), "\(line)") }
        #expect(mistake.help == help && PromptEntry.isComplete(line))
    }

    @Test func aColonThatIsMissingIsExplained() {
        let vocabulary = Vocabulary(commands: [CommandSignature("undo", summary: "", output: .type(.nothing))])
        #expect(Mistake.bare("mode json", vocabulary, [])?.help == "write :mode [MODE]")
        #expect(Mistake.bare("undo last", vocabulary, []) == nil)
        #expect(Mistake.bare("mode json", vocabulary, ["def mode [m: string] { $m }"]) == nil)
        #expect(Mistake.bare("model", vocabulary, []) == nil)
    }

    @Test func aSettingIsTurned() throws {
        #expect(try MetaCommand.isOn("on"))
        #expect(try !MetaCommand.isOn("off"))
        for word in ["yes", ""] { #expect(throws: SwitchboardError.self) { try MetaCommand.isOn(word) } }
    }
}
