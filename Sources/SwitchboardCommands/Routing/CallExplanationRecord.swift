import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

extension RecordTypes {
    /// The text `call-explanation`.
    static let callExplanation = RecordType(
        name: "call-explanation", summary: "where a call would go, and why", columns: CallExplanation.columns)
}

extension Value {
    /// The record `call-explanation`.
    init(_ explanation: CallExplanation) {
        self = .record(Record("call-explanation", explanation, columns: CallExplanation.columns))
    }
}

extension CallExplanation {
    fileprivate typealias Column = RoutingColumn<CallExplanation>

    fileprivate static let columns: [Column] = [
        Column("outcome", .choice(Outcome.allCases.map(\.rawValue)), "whether the call gets through") {
            .string($0.outcome.rawValue)
        },
        Column("reason", .string, "why, in one sentence") { .string($0.reason) },
        Column("trunk", .optional(.string), "the trunk that it comes in by, or the number that LiveKit has sold") {
            .text($0.trunkID)
        },
        Column("trunk_name", .optional(.string), "its name, or the number") { .text($0.trunkName) },
        Column("rule", .optional(.string), "the dispatch rule that sends it on") { .text($0.ruleID) },
        Column("rule_name", .optional(.string), "its name") { .text($0.ruleName) },
        Column(
            "rule_kind", .optional(.choice(DispatchRule.Kind.allCases.map(\.rawValue))), "how the rule finds the room"
        ) { .text($0.ruleKind?.rawValue) },
        Column("asks_for_pin", .bool, "whether the caller has to give a PIN") { .bool($0.asksForPin) },
        Column("room", .optional(.string), "the room it lands in") { .text($0.room) },
        Column("agents", .list(.string), "the names of the agents that join it") {
            .list($0.agents.map { .string($0.dispatchName) })
        },
        Column("identity", .optional(.string), "the caller's identity in the room") { .text($0.identity) },
        Column("participant_name", .optional(.string), "the caller's name in the room") { .text($0.participantName) },
        Column(
            "attributes", .optional(.record(RecordType(fields: [], isOpen: true))),
            "the caller's attributes in the room"
        ) { explanation in
            let attributes = explanation.attributes.sorted { $0.key < $1.key }
            return attributes.isEmpty
                ? .nothing : .record(Record(nil, attributes.map { .init($0.key, .string($0.value)) }))
        },
        Column("considered", .list(.record(stepType)), "every trunk and rule that was looked at, with the verdict") {
            .list($0.considered.map(step))
        },
    ]

    private static let stepType = RecordType(
        fields: [
            .init("what", .string, "trunk, number or rule"), .init("id", .string, "LiveKit's id"),
            .init("name", .string, "its name"), .init("verdict", .string, "takes it, or skipped and why"),
        ])

    private static func step(_ step: Step) -> Value {
        .record(
            Record(
                nil,
                [
                    .init("what", .string(step.what)), .init("id", .string(step.id)),
                    .init("name", .string(step.name)), .init("verdict", .string(step.verdict)),
                ]))
    }
}
