import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Takes numbers in that an account holds and the ledger does not.
public enum Adopt: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "adopt", summary: "take in the numbers that a provider's account holds and the ledger does not; buys nothing",
        parameters: [
            Parameter("numbers", .rest, .phone, help: "only these; all that there are unless given"),
            Parameter("provider", .flag, .provider, help: "only of this provider; all that sell numbers unless given"),
        ],
        input: .none, output: .type(.list(.record(RecordTypes.number))), effect: .changes,
        inverse: "remove, which releases the number; a transaction that fails only forgets it",
        examples: [
            .init("adopt", "everything that was bought elsewhere", setUp: "sandbox seed --numbers [+12125550123]"),
            .init(
                "adopt +12125550123 --provider livekit", "one number", setUp: "sandbox seed --numbers [+12125550123]"),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [AdoptEffect.self, ForgetEffect.self]

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Takes in; a number that the ledger has is left.
    public static func run(_ call: CommandCall) throws -> Value {
        let wanted = call.list("numbers")?.compactMap(\.plainText).compactMap(E164.init)
        var taken: [Value] = []
        var missing = Set(wanted ?? [])
        var asked = Asking(call.run)
        let names = asked.sources(only: call.text("provider"))
        for name in names {
            try asked.each(name) {
                let held = try call.run.store.numbers(profile: call.run.profile).filter { $0.status != .released }
                let known = Dictionary(held.map { ($0.e164, $0) }) { first, _ in first }
                var elsewhere: WorkspaceNumber?
                for owned in try call.run.owned(at: name) where wanted?.contains(owned.e164) ?? true {
                    missing.remove(owned.e164)
                    if let known = known[owned.e164] {
                        if known.provider != name { elsewhere = elsewhere ?? known }
                        continue
                    }
                    _ = try call.run.carryOut(AdoptEffect(owned, id: IDKind.phone.make(at: call.run.now)))
                    taken.append(Value(try call.run.ledger(owned.e164)))
                }
                if let elsewhere { throw heldElsewhere(elsewhere, name) }
            }
        }
        try asked.end(showing: taken)
        if let number = missing.sorted().first { throw notHeld(number, names) }
        if taken.isEmpty { try call.run.unchanged("the ledger has every number of the accounts") }
        return .list(taken)
    }

    private static func notHeld(_ number: E164, _ names: [String]) -> SwitchboardError {
        SwitchboardError(
            .notFound, "\(number) is held by no account that was asked: \(names.joined(separator: " "))",
            help: "name another with --provider; import brings a number in that is bought, or that a trunk carries")
    }

    /// The ledger has one row for a number, so what an account is billed for would stay unknown to it.
    private static func heldElsewhere(_ held: WorkspaceNumber, _ name: String) -> SwitchboardError {
        SwitchboardError(
            .conflict,
            "the \(name) account holds \(held.e164), which the ledger has as a number of \(held.provider)'s",
            help: "remove \(held.e164) takes that out of the ledger; then adopt it again")
    }
}
