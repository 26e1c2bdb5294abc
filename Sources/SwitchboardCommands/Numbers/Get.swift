import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Shows one number as its provider has it now.
public enum Get: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "get", summary: "show a number of the workspace as its provider has it now",
        parameters: [NumberReference.requiredParameter], output: .type(.record(RecordTypes.number)), effect: .reads,
        examples: [.init("get +12125550123", "one number", setUp: "purchase +12125550123 --provider livekit")])

    /// Asks the provider and brings the ledger up to date.
    public static func run(_ call: CommandCall) throws -> Value {
        guard let reference = call["number"] else {
            throw SwitchboardError(.invalidArgument, "get needs a number: let one flow in, or write one")
        }
        let found = try NumberReference.find(reference, call.run)
        let e164 = found.e164
        let owned = try call.run.asProviderHasIt(found)
        // Another run may have changed the number while the provider was asked.
        let before = try NumberReference.find(.phone(e164), call.run)
        var number = before
        if let owned {
            number.refresh(from: owned, at: call.run.now)
        } else {
            number.status = .released
            call.run.note(
                "the \(number.provider) account does not hold \(e164) any more; remove takes it out of the ledger")
        }
        if number != before {
            try call.run.apply(
                [.changeNumber(from: before, to: number)], "read \(e164) anew", inverse: .unneeded)
        }
        return Value(number)
    }
}
