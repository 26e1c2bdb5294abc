import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Says where a call would go.
public enum ExplainCall: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "explain-call", summary: "say where a call would go and why; places no call and changes nothing",
        parameters: [
            Parameter("from", .positional, .string, isRequired: true, help: "the caller, as the carrier sends it"),
            Parameter(
                "to", .positional, .either([.record(RecordTypes.number), .string]), isRequired: true, isMain: true,
                help: "the called number, as the carrier sends it; or a number that flows in"),
            Parameter("from-address", .flag, .string, help: "the IP address that the call comes from"),
            Parameter("from-host", .flag, .string, help: "the host of its From header"),
            Parameter("pin", .flag, .either([.secret, .string]), help: "the digits that the caller keys in"),
        ],
        output: .type(.record(RecordTypes.callExplanation)), effect: .reads,
        examples: [
            .init(
                "explain-call +13105550100 +15105550100", "which trunk, which rule, which room",
                setUp: "trunk create --name main --numbers +15105550100 | dispatch create --individual call-"),
            .init("list | explain-call +13105550100 | where .outcome == 'rejected'", "numbers that reach nobody"),
        ])

    /// Those of the accounts that it asks.
    public static let secrets = SecretNeed.accounts

    /// Explains, from the trunks and rules as they are now.
    public static func run(_ call: CommandCall) throws -> Value {
        let wanted = RoutingPicture.Call(
            caller: try call.required("from"), called: try called(call), sourceAddress: call.text("from-address"),
            fromHost: call.text("from-host"), pin: pin(call))
        let explanation = try call.run.routingPicture().explain(wanted)
        for note in explanation.notes { call.run.note(note) }
        return Value(explanation)
    }

    private static func called(_ call: CommandCall) throws -> String {
        if case .record(let record)? = call["to"] { return record["e164"]?.plainText ?? "" }
        return try call.required("to")
    }

    private static func pin(_ call: CommandCall) -> String? {
        if case .secret(let secret)? = call["pin"] { return secret.reveal() }
        return call.text("pin")
    }
}
