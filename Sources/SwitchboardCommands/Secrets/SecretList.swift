public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Lists the profile's named secrets.
public enum SecretList: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "secret list", summary: "list the names of the profile's secrets, never the secrets", otherNames: ["secrets"],
        input: .none,
        output: .type(.list(.record(RecordTypes.namedSecret))), effect: .reads,
        examples: [.init("secret list | sort-by .updated_at | select .name .updated_at", "the oldest first")])

    /// Lists.
    public static func run(_ call: CommandCall) throws -> Value {
        .list(try call.run.store.namedSecrets(profile: call.run.profile).map { Value($0) })
    }
}
