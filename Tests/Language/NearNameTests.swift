import SwitchboardLanguage
import Testing

@Suite struct NearNameTests {
    @Test(
        arguments: [
            ("montly_cost", ["monthly_cost", "locality"], "monthly_cost"), ("lable", ["label", "table"], "label"),
            ("frist", ["first", "list"], "first"),
            ("cot", ["cat", "cut"], "cat"), ("cot", ["cut", "cat"], "cat"), ("ab", ["abc"], nil),
            ("label", ["label"], nil), ("xyz", [], nil),
            ("purchase", ["release"], nil), ("locallity", ["locality", "localities"], "locality"),
            ("größse", ["größe"], "größe"), ("a", ["b"], nil),
            ("areacode", ["area-code", "area_code"], "area-code"), ("kitten", ["sitting"], nil),
            ("sitten", ["sitting"], "sitting"),
        ] as [(String, [String], String?)])
    func theNearestNameWithinAThirdIsGuessed(word: String, names: [String], guess: String?) {
        #expect(NearName.guess(for: word, among: names) == guess)
    }

    @Test func theGuessIsAQuestion() {
        #expect(NearName.help(for: "lable", among: ["label"]) == "did you mean 'label'?")
        #expect(NearName.help(for: "lable", among: ["purchase"]) == nil)
    }

    /// Comparing takes the product of both lengths.
    @Test func hugeWordsAreNotCompared() {
        let longest = String(repeating: "a", count: 120)
        #expect(NearName.guess(for: longest, among: [longest + "b"]) == longest + "b")
        #expect(NearName.guess(for: longest + "a", among: [longest + "b"]) == nil)
        let widest = longest + String(repeating: "𝒂", count: 30)
        #expect(NearName.guess(for: longest, among: [widest]) == widest)
        #expect(NearName.guess(for: longest, among: [widest + "𝒂"]) == nil)
    }
}
