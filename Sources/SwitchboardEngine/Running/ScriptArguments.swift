/// What a caller gives for a script's params: words as a shell hands them over, or values by name.
///
/// The words are `--name value`, `--name=value`, and `--name` alone for a bool. A list is given by repeating its flag or
/// as a literal, `--tags '[a b]'`; both together add up. An empty value of an optional param is `nothing`.
public struct ScriptArguments: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// The words.
    public var words: [String]
    /// What the pictures of faults call the text that the words make.
    public var place: String
    /// Names that the host's own options have, so that it never hands them on.
    public var reserved: Set<String>

    /// Takes the words of a command line behind the script's name.
    public init(words: [String], place: String = "command line", reserved: Set<String> = []) {
        self.words = words
        self.place = place
        self.reserved = reserved
    }

    /// Takes values by name.
    public init(_ values: [String: String]) {
        self.init(words: values.sorted { $0.key < $1.key }.map { "--\($0.key)=\($0.value)" }, place: "params")
    }

    /// Takes values by name.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(Dictionary(elements) { _, last in last })
    }
}
