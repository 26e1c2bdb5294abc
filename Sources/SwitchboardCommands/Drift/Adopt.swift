import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Takes numbers in that an account holds and the ledger does not.
public enum Adopt: Command {
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

    /// Takes in; a number that the ledger has is left.
    public static func run(_ call: CommandCall) throws -> Value {
        let wanted = call.list("numbers")?.compactMap(\.plainText).compactMap(E164.init)
        var taken: [Value] = []
        var missing = Set(wanted ?? [])
        var asked = Asking(call.run)
        for name in asked.sources(only: call.text("provider")) {
            try asked.each(name) {
                let held = try call.run.store.numbers(profile: call.run.profile)
                let known = Set(held.filter { $0.status != .released }.map(\.e164))
                for owned in try call.run.owned(at: name) where wanted?.contains(owned.e164) ?? true {
                    missing.remove(owned.e164)
                    guard !known.contains(owned.e164) else { continue }
                    _ = try call.run.carryOut(AdoptEffect(owned, id: IDKind.phone.make(at: call.run.now)))
                    taken.append(Value(try call.run.ledger(owned.e164)))
                }
            }
        }
        try asked.end(showing: taken)
        if let number = missing.sorted().first { throw notHeld(number) }
        if taken.isEmpty { call.run.unchanged("the ledger has every number of the accounts") }
        return .list(taken)
    }

    private static func notHeld(_ number: E164) -> SwitchboardError {
        SwitchboardError(
            .notFound, "no account of the profile holds \(number)",
            help: "import brings a number in that is bought, or that a trunk carries")
    }
}
