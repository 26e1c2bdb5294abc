import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Gives all stored secrets a new key.
public enum SecretRotate: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "secret rotate", summary: "seal all stored secrets, of every profile, with a new key",
        parameters: [
            Parameter(
                "key", .positional, .choice([keyFile, passphrase]), isRequired: true,
                help: "what the new key is made of: a file, which nobody types, or a passphrase, which is kept nowhere"),
            Parameter(
                "stdin", .toggle, .bool,
                help: "read the new passphrase from all of standard input, without one newline at its end"),
        ],
        input: .none, output: .type(.record(type)), effect: .changes, inverse: "secret rotate", undoing: .refused,
        examples: [
            .init("secret rotate key-file", "a new file in the state folder, whatever the key was"),
            .init("secret rotate passphrase --stdin", "nobody reads the secrets without it from here on"),
        ])

    /// All of them.
    public static let secrets = SecretNeed.any

    private static let keyFile = "key-file"
    private static let passphrase = "passphrase"

    private static let type = RecordType(
        fields: [
            .init("key", .string, "what the key is made of: key-file or passphrase"),
            .init("secrets", .int, "how many secrets have it, of all profiles"),
        ])

    /// A key file is made of chance.
    public static func fault(in call: CallNode) -> TypeFault? {
        guard call.arguments["stdin"] != nil, call.literalText("key") == keyFile else { return nil }
        return TypeFault("--stdin goes with passphrase: nobody gives a key file")
    }

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        [
            PlannedChange(
                kind: signature.name, subject: "key", summary: "seal all stored secrets with a new key",
                undoing: .by(signature.name))
        ]
    }

    /// Seals all of them at once; whatever ends the program meanwhile, the old or the new key opens all.
    public static func run(_ call: CommandCall) throws -> Value {
        let key = try call.required("key")
        let count = try call.run.store.rotateKey(to: key == keyFile ? .keyFile : .passphrase(ask(call)))
        return .record(Record(nil, [.init("key", .string(key)), .init("secrets", .int(Int64(count)))]))
    }

    private static func ask(_ call: CommandCall) throws -> Secret {
        let question = SecretQuestion(
            question: "new passphrase: ", name: "the passphrase", consequence: "nothing was changed")
        return try question.ask(call.run.host, isRead: call.isSet("stdin"))
    }
}
