import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Stores a secret in the profile.
public enum SecretSet: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "secret set", summary: "store a secret, encrypted, for (secret NAME); asks for it without echo",
        parameters: [
            SecretName.parameter("the name that stands for it"),
            Parameter(
                "stdin", .toggle, .bool, help: "read all of standard input instead, without one newline at its end"),
        ],
        input: .none, output: .type(.record(RecordTypes.namedSecret)), effect: .changes, inverse: "secret remove",
        undoing: .refused,
        examples: [.init("secret set acme-trunk --stdin", "the password of a trunk, from a file or another program")])

    /// The one that it stores.
    public static let secrets = SecretNeed.any

    /// A name that is written out is checked before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? { call.literalText("name").flatMap(SecretName.fault) }

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let name = try call.required("name")
        let isThere = try call.run.store.namedSecrets(profile: call.run.profile).contains { $0.name == name }
        return [
            PlannedChange(
                kind: signature.name, subject: name, summary: "store the secret '\(name)'",
                undoing: isThere ? .never("the secret that it replaces is not kept") : .by("secret remove \(name)"))
        ]
    }

    /// Asks, and writes what differs from what is stored.
    public static func run(_ call: CommandCall) throws -> Value {
        let name = try call.required("name")
        if let fault = SecretName.fault(name) { throw fault.error }
        let question = SecretQuestion(
            question: "secret \(name): ", name: "the secret '\(name)'", consequence: "nothing was stored")
        let secret = try question.ask(call.run.host, isRead: call.isSet("stdin"))
        let (store, profile) = (call.run.store, call.run.profile)
        let stored = try store.namedSecrets(profile: profile).first { $0.name == name }
        // One that cannot be read any more is what a user replaces by giving it again.
        if let stored, secret == (try? store.namedSecret(name, profile: profile)) {
            call.run.note("the secret '\(name)' is that already: unchanged")
            return Value(stored)
        }
        return Value(try store.setNamedSecret(name, to: secret, profile: profile))
    }
}
