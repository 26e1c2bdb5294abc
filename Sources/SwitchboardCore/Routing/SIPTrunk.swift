/// A SIP trunk at the platform that answers calls: for calls in or for calls out.
public struct SIPTrunk: Hashable, Sendable, Codable {
    /// Which way its calls go.
    public enum Direction: String, Hashable, Sendable, Codable {
        /// Calls from a carrier to the platform.
        case inbound
        /// Calls from the platform to a carrier.
        case outbound

        /// The table of its fields.
        public var schema: RoutingSchema { self == .inbound ? .inboundTrunk : .outboundTrunk }
    }

    /// All that it says.
    public var document: RoutingDocument

    /// Makes an empty trunk.
    public init(_ direction: Direction) { document = RoutingDocument(direction.schema) }

    /// Makes a trunk of a document that describes one.
    public init(_ document: RoutingDocument) {
        precondition(document.schema != .dispatchRule, "a dispatch rule is no trunk")
        self.document = document
    }

    /// Which way its calls go.
    public var direction: Direction { document.schema == .outboundTrunk ? .outbound : .inbound }
}

extension SIPTrunk {
    /// LiveKit's id, `ST_` and 12 characters; empty before it is made.
    public var id: String {
        get { document.text("sip_trunk_id") }
        set { document.put(text: newValue, "sip_trunk_id") }
    }

    /// The name for people.
    public var name: String {
        get { document.text("name") }
        set { document.put(text: newValue, "name") }
    }

    /// Any text that is kept with it.
    public var metadata: String {
        get { document.text("metadata") }
        set { document.put(text: newValue, "metadata") }
    }

    /// The called numbers of an inbound trunk, none for all; the caller ids of an outbound one.
    public var numbers: [String] {
        get { document.texts("numbers") }
        set { document.put(texts: newValue, "numbers") }
    }

    /// Where calls to an inbound trunk may come from; none for everywhere.
    public var allowedAddresses: [String] {
        get { document.texts("allowed_addresses") }
        set { document.put(texts: newValue, "allowed_addresses") }
    }

    /// The callers that an inbound trunk takes; none for all.
    public var allowedNumbers: [String] {
        get { document.texts("allowed_numbers") }
        set { document.put(texts: newValue, "allowed_numbers") }
    }

    /// The user name of the authentication.
    public var authUsername: String {
        get { document.text("auth_username") }
        set { document.put(text: newValue, "auth_username") }
    }

    /// The password of the authentication; nil clears it.
    public var password: Secret? {
        get { document.secrets["auth_password"] }
        set { document.secrets["auth_password"] = newValue }
    }

    /// Whether it has a password.
    public var hasPassword: Bool { document.has(secret: "auth_password") }

    /// The carrier's host, which an outbound trunk calls.
    public var address: String {
        get { document.text("address") }
        set { document.put(text: newValue, "address") }
    }

    /// How an outbound trunk reaches the carrier, as users write it: `auto`, `udp`, `tcp` or `tls`.
    public var transport: String { document.word("transport") }

    /// Whether the sound is encrypted, as users write it: `disable`, `allow` or `require`.
    public var mediaEncryption: String { document.word("media.encryption") }

    /// Whether it takes the calls to every number; never so for an outbound trunk.
    public var isCatchAll: Bool { direction == .inbound && numbers.isEmpty }
}
