import Testing

@testable import SwitchboardTerminal

@Suite struct ColourTests {
    private func allows(
        _ choice: ColourChoice = .auto, isTerminal: Bool = true, _ environment: [String: String] = ["TERM": "xterm"]
    ) -> Bool {
        choice.allows(isTerminal: isTerminal) { environment[$0] }
    }

    @Test func coloursNeedATerminalThatShowsThem() {
        #expect(allows())
        #expect(!allows(isTerminal: false))
        #expect(!allows(.auto, ["TERM": "dumb"]))
        #expect(!allows(.auto, [:]))
    }

    @Test func noColorIsObeyedUnlessItIsEmpty() {
        #expect(!allows(.auto, ["TERM": "xterm", "NO_COLOR": "1"]))
        #expect(allows(.auto, ["TERM": "xterm", "NO_COLOR": ""]))
    }

    @Test func cliColorIsObeyed() {
        #expect(!allows(.auto, ["TERM": "xterm", "CLICOLOR": "0"]))
        #expect(allows(.auto, ["TERM": "xterm", "CLICOLOR": "1"]))
        #expect(!allows(.auto, isTerminal: false, ["TERM": "xterm", "CLICOLOR": "1"]))
        #expect(allows(.auto, isTerminal: false, ["CLICOLOR_FORCE": "1"]))
        #expect(!allows(.auto, isTerminal: false, ["TERM": "xterm", "CLICOLOR_FORCE": "0"]))
        #expect(!allows(.auto, ["TERM": "xterm", "CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
    }

    @Test func theUsersWordGoesFirst() {
        #expect(allows(.always, isTerminal: false, ["NO_COLOR": "1"]))
        #expect(!allows(.never))
    }

    @Test func aStyleIsAppliedOnlyWhereAllowed() {
        #expect(TextStyle.bold.applied(to: "x", when: true) == "\u{1B}[1mx\u{1B}[0m")
        #expect(TextStyle.bold.applied(to: "x", when: false) == "x")
    }

    @Test func aPromptKeepsItsColoursAndShowsEveryOtherEscape() {
        #expect(PromptText.marked("\u{1B}[1;31macme\u{1B}[0m> ") == "\u{1}\u{1B}[1;31m\u{1}acme\u{1}\u{1B}[0m\u{1}> ")
        #expect(PromptText.marked("a\u{1B}[2Jb\u{1}\u{1B}[3") == "a^[[2Jb^A^[[3")
    }
}
