import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Lists trunks.
public enum TrunkList: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "trunk list", summary: "list the trunks of the platform, whoever made them", otherNames: ["trunks"],
        parameters: [
            Parameter(
                "direction", .flag, .choice(SIPTrunk.Direction.words), help: "only of this direction"),
            Parameter(
                "numbers", .flag, .list(.string), help: "only those that carry one of these numbers, or every number"),
        ],
        input: .none, output: .type(.list(.record(RecordTypes.trunk))), effect: .reads,
        examples: [
            .init("trunk list", "all trunks"),
            .init("trunk list --direction inbound --numbers +15105550100", "those that take the calls to a number"),
        ])

    /// Those of the accounts that it asks.
    public static let secrets = SecretNeed.accounts

    /// Lists in the order of the platform's ids; what only the ledger has is told as a note.
    public static func run(_ call: CommandCall) throws -> Value {
        let entries = try TrunkEntry.all(call.run.routingPicture(), call.run)
        for entry in entries where entry.halves.isEmpty { call.run.note(entry.gone.message) }
        let numbers = call.list("numbers").map { RoutingValue.texts(.list($0)) }
        let direction = call.text("direction").flatMap(SIPTrunk.Direction.init)
        let shown = entries.filter { entry in
            entry.halves.contains { half in
                (direction.map { $0 == half.direction } ?? true) && (numbers.map { half.carries(anyOf: $0) } ?? true)
            }
        }
        return .list(shown.map { Value($0) })
    }
}

extension SIPTrunk {
    /// Whether it is for one of these numbers, in any spelling, or for every number.
    func carries(anyOf numbers: [String]) -> Bool {
        let own = normalized().numbers
        if direction == .inbound && own.isEmpty || own.contains("*") { return true }
        var wanted = self
        wanted.numbers = numbers
        return !Set(wanted.normalized().numbers).isDisjoint(with: own)
    }
}
