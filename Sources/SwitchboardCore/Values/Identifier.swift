/// A kind of id: what it names, its prefix and the form of the rest.
public struct IDKind: Hashable, Sendable {
    /// What it names, as in `id<agent>`.
    public let name: String
    /// The fixed beginning, underscore included where there is one.
    public let prefix: String
    /// The characters that may follow the prefix.
    public let alphabet: String
    /// How many characters follow the prefix.
    public let length: ClosedRange<Int>

    /// Makes a kind.
    public init(name: String, prefix: String, alphabet: String, length: ClosedRange<Int>) {
        self.name = name
        self.prefix = prefix
        self.alphabet = alphabet
        self.length = length
    }

    /// Whether the text is an id of this kind.
    public func matches(_ text: String) -> Bool {
        guard text.hasPrefix(prefix) else { return false }
        let rest = text.dropFirst(prefix.count)
        return length.contains(rest.count) && rest.allSatisfy(alphabet.contains)
    }

    /// Crockford's base 32: digits and capitals without I, L, O and U.
    public static let crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    /// A number of the workspace, `phone_` and 26 characters.
    public static let phone = workspace("phone")
    /// A trunk of the workspace, `trunk_` and 26 characters.
    public static let trunk = workspace("trunk")
    /// An agent of the workspace, `agent_` and 26 characters.
    public static let agent = workspace("agent")
    /// A run, `run_` and 26 characters.
    public static let run = workspace("run")
    /// A plan that is kept in a file, `plan_` and 26 characters.
    public static let plan = workspace("plan")
    /// A journaled intent, `intent_` and 26 characters.
    public static let intent = workspace("intent")
    /// A process that uses a store, `session_` and 26 characters.
    public static let session = workspace("session")

    private static func workspace(_ name: String) -> IDKind {
        IDKind(name: name, prefix: name + "_", alphabet: crockford, length: 26...26)
    }
}
