import Testing

@testable import SwitchboardTool

/// What stands in front of a statement.
@Suite struct PromptLabelTests {
    @Test func whatIsOutOfTheOrdinaryIsSaid() {
        #expect(PromptLabel(profile: "acme").text(isColoured: false) == "switchboard acme> ")
        #expect(PromptLabel(profile: "acme", isPlanning: true).text(isColoured: false) == "switchboard acme plan> ")
        #expect(PromptLabel(profile: "acme", jobs: 1).text(isColoured: false) == "switchboard acme 1 job> ")
        let all = PromptLabel(profile: "acme", isLive: true, isPlanning: true, jobs: 2)
        #expect(all.text(isColoured: false) == "switchboard acme! plan 2 jobs> ")
    }

    /// A colour is never the only sign.
    @Test func aLiveProfileIsMarkedWithAndWithoutColour() {
        let live = PromptLabel(profile: "acme", isLive: true)
        #expect(live.text(isColoured: true) == "switchboard \u{1B}[31macme!\u{1B}[0m> ")
        #expect(!PromptLabel(profile: "acme").text(isColoured: true).contains("\u{1B}"))
    }
}
