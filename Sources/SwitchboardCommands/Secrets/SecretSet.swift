import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Stores a secret in the profile.
public enum SecretSet: Command {
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

    /// The most that a secret may hold, in bytes of UTF-8.
    private static let limit = 16_384

    /// A name that is written out is checked before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? { call.literalText("name").flatMap(SecretName.fault) }

    /// Asks, and writes what differs from what is stored.
    public static func run(_ call: CommandCall) throws -> Value {
        let name = try call.required("name")
        if let fault = SecretName.fault(name) { throw fault.error }
        let secret = try call.isSet("stdin") ? read(name, call.run.host) : ask(name, call.run.host)
        try check(secret, name)
        let (store, profile) = (call.run.store, call.run.profile)
        let stored = try store.namedSecrets(profile: profile).first { $0.name == name }
        // One that cannot be read any more is what a user replaces by giving it again.
        if let stored, secret == (try? store.namedSecret(name, profile: profile)) {
            call.run.note("the secret '\(name)' is that already: unchanged")
            return Value(stored)
        }
        return Value(try store.setNamedSecret(name, to: secret, profile: profile))
    }

    private static func read(_ name: String, _ host: Host) throws -> Secret {
        guard let secret = host.askSecret("secret \(name): ", .input) else { throw missing(name) }
        return secret
    }

    /// A secret that is typed unseen is typed twice: no provider says whether it is the right one.
    private static func ask(_ name: String, _ host: Host) throws -> Secret {
        guard let secret = host.askSecret("secret \(name): ", .person) else { throw missing(name) }
        if secret.reveal().isEmpty { return secret }
        guard let again = host.askSecret("the same again: ", .person) else { throw missing(name) }
        guard secret == again else {
            throw SwitchboardError(.invalidArgument, "the secret '\(name)' was typed in two ways; nothing was stored")
        }
        return secret
    }

    private static func missing(_ name: String) -> SwitchboardError {
        SwitchboardError(
            .invalidArgument, "nobody gave the secret '\(name)'", help: "--stdin reads it from standard input")
    }

    private static func check(_ secret: Secret, _ name: String) throws {
        guard let fault = fault(of: secret.reveal()) else { return }
        throw SwitchboardError(.invalidArgument, "the secret '\(name)' \(fault); nothing was stored")
    }

    private static func fault(of text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.utf8.count > limit { return "has more than \(limit) bytes" }
        // What decoding leaves behind for bytes that are no text.
        return text.unicodeScalars.contains("\u{FFFD}") ? "is not UTF-8" : nil
    }
}
