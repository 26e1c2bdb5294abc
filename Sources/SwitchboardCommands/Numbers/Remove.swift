import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Takes numbers out of the workspace.
public enum Remove: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "remove",
        summary: "take a number out of the workspace; a bought one is released, any other only leaves its trunk",
        parameters: NumberReference.givingUp,
        output: .computed(NumberReference.output), effect: .irreversible, capability: "release",
        examples: [
            .init("remove +12125550123", "releases and forgets it", setUp: "purchase +12125550123 --provider livekit"),
            .init(
                "remove +15105550101", "its carrier keeps it, and so does nobody here",
                setUp: "trunk create --name main --numbers +15105550100"
                    + "; import +15105550101 --source byoc --trunk-id main"),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] =
        [ReleaseEffect.self, UnbindEffect.self, ForgetEffect.self] + CarrierWay.effects

    /// Without a number there is nothing to do.
    public static func fault(in call: CallNode) -> TypeFault? { NumberReference.fault(in: call) }

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Removes, as the number's source wants it (contract section 5.4).
    public static func run(_ call: CommandCall) throws -> Value {
        try NumberReference.forEach(call) { number in
            try number.isBought(call.run.registry) ? ReleaseNumbers.give(up: number, call) : forget(number, call)
        }
    }

    /// Its carrier keeps the number, and the trunk goes on with others; only what the import has made goes.
    private static func forget(_ number: WorkspaceNumber, _ call: CommandCall) throws -> Value {
        let unbound = try ReleaseNumbers.unbound(number, call)
        if let account = unbound.account {
            try CarrierWay(unbound.provider, account: account, call.run).lift(unbound)
            _ = try call.run.carryOut(
                ForgetEffect(provider: unbound.provider, e164: unbound.e164, isForced: call.isSet("force")))
            return Value(unbound)
        }
        let outcome = try call.run.carryOut(
            ForgetEffect(
                unbound, trunks: call.run.store.trunks(profile: call.run.profile), isForced: call.isSet("force")))
        if outcome.isLeftOnTrunk {
            call.run.note(
                "\(number.e164) stays on its trunk's list: without its last number the trunk would take every call")
        }
        return Value(unbound)
    }
}
