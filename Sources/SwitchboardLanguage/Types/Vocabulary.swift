/// All that the host has registered, as the checker sees it.
public struct Vocabulary: Sendable {
    /// The commands by name.
    public var commands: [String: CommandSignature]
    /// The providers, with their answers to each capability: nil for yes, else the remark that refuses it.
    public var providers: [String: [String: String?]]
    /// What a bare word is, as an id.
    public var readID: @Sendable (String) -> IDReading
    /// The kinds that ids may be of; with none, any word is one.
    public var idKinds: Set<String>

    /// The records that the commands take and make, by name.
    public let records: [String: RecordType]

    /// Makes a vocabulary.
    public init(
        commands: [CommandSignature], providers: [String: [String: String?]] = [:],
        readID: @escaping @Sendable (String) -> IDReading = { _ in .noID }, idKinds: Set<String> = []
    ) {
        self.commands = Dictionary(commands.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.providers = providers
        self.readID = readID
        self.idKinds = idKinds
        let types = commands.flatMap { command in
            if case .type(let output) = command.output {
                command.parameters.map(\.type) + [output]
            } else {
                command.parameters.map(\.type)
            }
        }
        records = Dictionary(
            ([.record(.error)] + types).flatMap(\.namedRecords).map { ($0.name ?? "", $0) },
            uniquingKeysWith: { first, _ in first })
    }
}

/// What a word is, read as an id.
public enum IDReading: Hashable, Sendable {
    /// An id of this kind.
    case id(kind: String)
    /// It begins as an id of this kind and is none; `expected` says what one looks like.
    case broken(kind: String, expected: String)
    /// It is no id.
    case noID
}
