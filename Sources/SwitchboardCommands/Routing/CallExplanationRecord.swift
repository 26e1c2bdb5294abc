import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

extension RecordTypes {
    /// The text `call-explanation`.
    static let callExplanation = RecordType(name: "call-explanation", columns: CallExplanation.columns)
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
        Column("outcome", .choice(Outcome.allCases.map(\.rawValue))) { .string($0.outcome.rawValue) },
        Column("reason", .string) { .string($0.reason) },
        Column("trunk", .optional(.string)) { .text($0.trunkID) },
        Column("trunk_name", .optional(.string)) { .text($0.trunkName) },
        Column("rule", .optional(.string)) { .text($0.ruleID) },
        Column("rule_name", .optional(.string)) { .text($0.ruleName) },
        Column("rule_kind", .optional(.choice(DispatchRule.Kind.allCases.map(\.rawValue)))) {
            .text($0.ruleKind?.rawValue)
        },
        Column("asks_for_pin", .bool) { .bool($0.asksForPin) },
        Column("room", .optional(.string)) { .text($0.room) },
        Column("agents", .list(.string)) { .list($0.agents.map { .string($0.dispatchName) }) },
        Column("identity", .optional(.string)) { .text($0.identity) },
        Column("participant_name", .optional(.string)) { .text($0.participantName) },
        Column("attributes", .optional(.record(RecordType(fields: [], isOpen: true)))) { explanation in
            let attributes = explanation.attributes.sorted { $0.key < $1.key }
            return attributes.isEmpty
                ? .nothing : .record(Record(nil, attributes.map { .init($0.key, .string($0.value)) }))
        },
        Column("considered", .list(.record(stepType))) { .list($0.considered.map(step)) },
    ]

    private static let stepType = RecordType(
        fields: ["what", "id", "name", "verdict"].map { .init($0, .string) })

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
