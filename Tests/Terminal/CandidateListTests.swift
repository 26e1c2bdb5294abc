import SwitchboardTerminal
import Testing

@Suite struct CandidateListTests {
    private let agents = [
        ListItem(text: "support-en", help: "agent_01J8Z3K9QW, takes the calls of the whole house by day"),
        ListItem(text: "夜間窓口", help: "夜のあいだに電話を受ける人です"), ListItem(text: "x", help: ""),
    ]

    @Test func descriptionsAreCutToTheWidth() {
        #expect(
            CandidateList.lines(agents, width: 40, height: 10) == [
                "support-en  agent_01J8Z3K9QW, takes the…", "夜間窓口    夜のあいだに電話を受ける人…", "x",
            ])
        #expect(
            CandidateList.lines(agents, width: 80, height: 10) == [
                "support-en  agent_01J8Z3K9QW, takes the calls of the whole house by day",
                "夜間窓口    夜のあいだに電話を受ける人です", "x",
            ])
    }

    @Test func aListThatIsTooLongSaysHowManyMoreThereAre() {
        let items = (1...100).map { ListItem(text: "n\($0)", help: "h") }
        let lines = CandidateList.lines(items, width: 40, height: 5)
        #expect(lines == ["n1  h", "n2  h", "n3  h", "n4  h", "and 96 more"])
        #expect(CandidateList.lines(Array(items.prefix(5)), width: 40, height: 5).last == "n5  h")
        #expect(CandidateList.lines(items, width: 40, height: 1) == ["and 100 more"])
    }

    @Test func wordsWithoutDescriptionsStandInColumns() {
        let words = ["alpha", "beta", "gamma", "東京", "epsilon"].map { ListItem(text: $0, help: "") }
        #expect(
            CandidateList.lines(words, width: 30, height: 5) == ["alpha    gamma    epsilon", "beta     東京"])
        #expect(CandidateList.lines(words, width: 10, height: 9) == ["alpha", "beta", "gamma", "東京", "epsilon"])
        #expect(CandidateList.lines(words, width: 10, height: 3) == ["alpha", "beta", "and 3 more"])
    }

    @Test(arguments: [1, 5, 12, 20, 40, 80, 200])
    func noLineIsWiderThanTheScreen(width: Int) {
        let long = String(repeating: "東京x", count: 30)
        let items = agents + [ListItem(text: long, help: long), ListItem(text: "a\u{1B}[31m\n", help: "\u{202E}b")]
        for list in [items, items.map { ListItem(text: $0.text, help: "") }] {
            let lines = CandidateList.lines(list, width: width, height: 4)
            #expect(lines.count <= 4)
            #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "\(lines)")
            #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" } })
        }
    }

    @Test func nothingHasNoLines() { #expect(CandidateList.lines([], width: 80, height: 24).isEmpty) }
}
