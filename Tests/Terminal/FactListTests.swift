import SwitchboardTerminal
import Testing

@Suite struct FactListTests {
    private let facts = [
        (name: "e164", value: "+14155550100"), (name: "country_code", value: "US"),
        (name: "label", value: "the night desk on the second floor"), (name: "東京", value: "a\u{202E}b\nc"),
    ]

    @Test func valuesStandBelowEachOther() {
        #expect(
            FactList.lines(facts, width: nil) == [
                "e164          +14155550100",
                "country_code  US",
                "label         the night desk on the second floor",
                "東京          a<U+202E>b^Jc",
            ])
    }

    @Test func aLongValueIsWrappedBesideItsName() {
        #expect(
            FactList.lines(facts, width: 36) == [
                "e164          +14155550100",
                "country_code  US",
                "label         the night desk on the",
                "              second floor",
                "東京          a<U+202E>b^Jc",
            ])
    }

    @Test func whereThereIsNoRoomBesideItStandsBelow() {
        #expect(
            FactList.lines(facts, width: 20) == [
                "e164",
                "  +14155550100",
                "country_code",
                "  US",
                "label",
                "  the night desk on",
                "  the second floor",
                "東京",
                "  a<U+202E>b^Jc",
            ])
    }

    @Test func noFactsAreNoLines() {
        #expect(FactList.lines([], width: 80).isEmpty)
    }
}
