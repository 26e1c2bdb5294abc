/// One field of a trunk or of a dispatch rule: what it holds, how LiveKit lets it change, and its help.
public struct RoutingField: Hashable, Sendable {
    /// What a field holds.
    public indirect enum Kind: Hashable, Sendable {
        /// A text; the empty one is the default.
        case text
        /// A list of texts.
        case texts
        /// A truth value, false by default.
        case flag
        /// A whole number of 32 bits without a sign, 0 by default.
        case count
        /// A length of time as LiveKit writes it: `30s`, `1.500s`.
        case duration
        /// A point in time that LiveKit sets, RFC 3339.
        case timestamp
        /// Texts by name.
        case map
        /// A text that is kept apart and shown to nobody.
        case secret
        /// One of several words; the first is the default.
        case choice([Choice])
        /// A message with fields of its own.
        case message([RoutingField])
        /// A list of messages.
        case messages([RoutingField])
        /// A message that holds exactly one of these, whose presence says something even where it is empty.
        case alternatives([RoutingField])
        /// JSON that is kept as it came.
        case anything
    }

    /// One word of a choice.
    public struct Choice: Hashable, Sendable {
        /// The word that users write, `tls`.
        public var word: String
        /// The name on the wire, `SIP_TRANSPORT_TLS`.
        public var wire: String

        /// Makes a choice.
        public init(word: String, wire: String) {
            self.word = word
            self.wire = wire
        }
    }

    /// How LiveKit lets a field be changed (contract section 4.3).
    public enum Change: Hashable, Sendable {
        /// LiveKit alone sets it.
        case readOnly
        /// An update sets it; a message is set whole.
        case field
        /// An update sets, adds to or removes from the list.
        case list
        /// An update adds and removes single names of the map.
        case merge
        /// Only a replacement of the whole trunk or rule changes it.
        case replaceOnly
    }

    /// The proto name, `allowed_addresses`.
    public let name: String
    /// The name in the other naming that LiveKit reads, `allowedAddresses`.
    public let camelName: String
    /// What it holds.
    public var kind: Kind
    /// How LiveKit lets it be changed; fields of a message change as the message does.
    public var change: Change
    /// One line for flags and help pages.
    public var help: String

    /// Makes a field.
    public init(_ name: String, _ kind: Kind, _ change: Change, _ help: String) {
        self.name = name
        let words = name.split(separator: "_")
        camelName =
            words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        self.kind = kind
        self.change = change
        self.help = help
    }

    /// The fields of a message, of the messages of a list, or the alternatives; none for anything else.
    public var fields: [RoutingField] {
        switch kind {
        case .message(let fields), .messages(let fields), .alternatives(let fields): fields
        default: []
        }
    }

    /// The words of a choice; none for anything else.
    public var choices: [Choice] {
        if case .choice(let choices) = kind { choices } else { [] }
    }

    /// Whether that is its name in one of the two namings.
    func isNamed(_ name: String) -> Bool { name == self.name || name == camelName }
}
