import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Removes a named secret from the profile.
public enum SecretRemove: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "secret remove", summary: "remove a stored secret; what was made with it stays as it is",
        parameters: [SecretName.parameter("the secret's name")], output: .type(.record(RecordTypes.namedSecret)),
        effect: .changes, inverse: "secret set", undoing: .refused,
        examples: [.init("secret remove acme-trunk", "and nothing can use it", setUp: "secret set acme-trunk --stdin")])

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let name = try call.required("name")
        return [
            PlannedChange(
                kind: signature.name, subject: name, summary: "remove the secret '\(name)'",
                undoing: .never("nobody knows its text any more"))
        ]
    }

    /// Removes.
    public static func run(_ call: CommandCall) throws -> Value {
        let name = try call.required("name")
        let (store, profile) = (call.run.store, call.run.profile)
        guard let found = try store.namedSecrets(profile: profile).first(where: { $0.name == name }) else {
            throw try SecretName.unknown(name, call.run)
        }
        try store.removeNamedSecret(name, profile: profile)
        return Value(found)
    }
}
