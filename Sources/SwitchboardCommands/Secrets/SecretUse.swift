import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Gives the value of a named secret.
public enum SecretUse: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "secret", summary: "use a stored secret where a command takes one; it shows as dots",
        parameters: [SecretName.parameter("the name that secret set gave it")], input: .none, output: .type(.secret),
        effect: .reads,
        examples: [
            .init(
                "let password = (secret acme-trunk)", "for a slot of type secret",
                setUp: "secret set acme-trunk --stdin")
        ])

    /// The one that it reads.
    public static let secrets = SecretNeed.any

    /// Reads it from the profile.
    public static func run(_ call: CommandCall) throws -> Value {
        let name = try call.required("name")
        guard let secret = try call.run.store.namedSecret(name, profile: call.run.profile) else {
            throw try SecretName.unknown(name, call.run)
        }
        return .secret(secret)
    }
}
