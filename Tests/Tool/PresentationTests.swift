import Switchboard
import SwitchboardTestKit
import SwitchboardTerminal
import Testing

@testable import SwitchboardTool

@Suite struct PresentationTests {
    private static func record(_ fields: [(String, Value)]) -> Value {
        .record(Record(nil, fields.map { Record.Field($0.0, $0.1) }))
    }

    private let sites = Value.list([
        Self.record([("site", .string("東京")), ("calls", .int(7)), ("note", .string("the second floor"))]),
        Self.record([("site", .string("Zürich")), ("open", .bool(true))]),
        Self.record([("note", .string("\u{202E}=1|2")), ("calls", .int(12))]),
    ])

    private func text(_ value: Value, _ mode: ResultMode, width: Int? = 80) -> [String] {
        Presentation(mode: mode, width: width).lines(value)
    }

    @Test func anAgentIsNamedForPeopleOnly() {
        let rows = Value.list([
            Self.record([("agent_id", .id("agent_1")), ("by", .id("agent_2")), ("id", .id("agent_1"))])
        ])
        func shown(_ mode: ResultMode) -> [String] {
            Presentation(mode: mode, width: 80, agents: AgentNames { ["agent_1": "support"] }).lines(rows)
        }
        #expect(shown(.auto) == ["agent_id           by       id", "support (agent_1)  agent_2  agent_1", "(1 row)"])
        #expect(shown(.plain).contains("agent_id: support (agent_1)"))
        #expect(shown(.csv) == ["agent_id,by,id", "agent_1,agent_2,agent_1"])
        #expect(shown(.jsonl) == [#"{"agent_id":"agent_1","by":"agent_2","id":"agent_1"}"#])
    }

    @Test func recordsOfDifferentFieldsMakeOneTable() {
        let table = [
            "site    calls  note              open",
            "東京        7  the second floor",
            "Zürich                           true",
            "           12  <U+202E>=1|2",
            "(3 rows)",
        ]
        #expect(text(sites, .auto) == table)
        #expect(text(sites, .table, width: nil) == table)
    }

    @Test func aNarrowTerminalNamesWhatItLeavesOut() {
        let wide = Value.list([
            Self.record([
                ("e164", .string("+14155550100")), ("label", .string("night")), ("locality", .string("SAN FRANCISCO")),
                ("capabilities", .string("voice")),
            ])
        ])
        #expect(
            text(wide, .auto, width: 40) == [
                "e164          label  locality", "+14155550100  night  SAN FRANCISCO",
                "(1 row; not shown: capabilities)",
            ])
        #expect(
            text(wide, .auto, width: 30) == [
                "e164          label", "+14155550100  night", "(1 row; 2 columns not shown)",
            ])
    }

    @Test func whatIsTooNarrowForATableIsTurned() {
        #expect(
            text(sites, .auto, width: 20) == [
                "row 1", "site   東京", "calls  7", "note   the second", "       floor", "", "row 2", "site  Zürich",
                "open  true", "", "row 3", "calls  12", "note   <U+202E>=1|2", "(3 rows)",
            ])
    }

    @Test func countsAreHonest() {
        let listing = Presentation(mode: .auto, width: 80).listing(
            .list((0..<100).map { Self.record([("n", .int($0))]) }))
        #expect(listing.foot(0..<40) == ["(40 of 100 rows)"])
        #expect(listing.foot(40..<80) == ["(rows 41-80 of 100)"])
        #expect(listing.foot(0..<100) == ["(100 rows)"])
    }

    @Test func anEmptyListSaysSoToPeopleOnly() {
        for mode in ResultMode.allCases {
            let expected: [String] =
                switch mode {
                case .auto, .table, .record: ["(0 rows)"]
                case .plain: ["0 rows"]
                case .json: ["[]"]
                case .jsonl, .csv, .md: []
                }
            #expect(text(.list([]), mode) == expected, "\(mode)")
        }
    }

    @Test func everyModeShowsAPlainValueAndAMixture() {
        for mode in ResultMode.allCases where mode != .json && mode != .jsonl {
            #expect(text(.string("one\ntwo"), mode) == ["one", "two"], "\(mode)")
            #expect(text(.list([.int(1), Self.record([("a", .int(2))])]), mode) == ["1", "{a: 2}"], "\(mode)")
        }
        #expect(text(.string("one\ntwo"), .json) == [#""one\ntwo""#])
        #expect(text(.string("\u{202E}"), .jsonl) == [#""\u202e""#])
        #expect(text(.string("\u{202E}"), .jsonl, width: nil) == ["\"\u{202E}\""])
    }

    @Test func csvIsQuotedAndNeverChanged() {
        let cells = ["=1+1", "+14155550100", "-5", "@x", "a,b", "two\nlines", "plain"].map { Value.string($0) }
        #expect(
            text(.list(cells), .csv, width: nil) == [
                "value", "\"=1+1\"", "\"+14155550100\"", "\"-5\"", "\"@x\"", "\"a,b\"", "\"two\nlines\"", "plain",
            ])
    }
}
