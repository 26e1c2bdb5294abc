/// A dispatch rule: which room and which agents the calls that it takes get.
public struct DispatchRule: Hashable, Sendable, Codable {
    /// How the room is found.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Every caller joins one room.
        case direct
        /// Every call gets a room of its own, named after the caller.
        case individual
        /// The room is named after the called number.
        case callee

        /// The name of its message.
        var message: String { "dispatch_rule_\(rawValue)" }
        /// The field that holds the room's name or the beginning of it.
        var roomField: String { self == .direct ? "room_name" : "room_prefix" }
    }

    /// All that it says.
    public var document: RoutingDocument

    /// Makes an empty rule.
    public init() { document = RoutingDocument(.dispatchRule) }

    /// Makes a rule of a document that describes one.
    public init(_ document: RoutingDocument) {
        precondition(document.schema == .dispatchRule, "a trunk is no dispatch rule")
        self.document = document
    }

    /// LiveKit's id, `SDR_` and 12 characters; empty before it is made.
    public var id: String {
        get { document.text("sip_dispatch_rule_id") }
        set { document.put(text: newValue, "sip_dispatch_rule_id") }
    }

    /// The name for people.
    public var name: String {
        get { document.text("name") }
        set { document.put(text: newValue, "name") }
    }

    /// Any text that the participants of its calls carry.
    public var metadata: String {
        get { document.text("metadata") }
        set { document.put(text: newValue, "metadata") }
    }

    /// The attributes that the participants of its calls get.
    public var attributes: [String: String] { document.map("attributes") }

    /// The trunks and phone numbers, by id, whose calls it takes; none for all.
    public var trunkIDs: [String] {
        get { document.texts("trunk_ids") }
        set { document.put(texts: newValue, "trunk_ids") }
    }

    /// The callers that it takes (`inbound_numbers`); none for all.
    public var callers: [String] {
        get { document.texts("inbound_numbers") }
        set { document.put(texts: newValue, "inbound_numbers") }
    }

    /// The called numbers that it takes (`numbers`); none for all.
    public var called: [String] {
        get { document.texts("numbers") }
        set { document.put(texts: newValue, "numbers") }
    }

    /// Whether callers' numbers are kept out of what the room sees.
    public var hidesNumbers: Bool { document.flag("hide_phone_number") }

    /// Whether it takes the calls of every trunk and every number that LiveKit has sold.
    public var isCatchAll: Bool { trunkIDs.isEmpty }
}

// MARK: - The room

extension DispatchRule {
    /// How the room is found; nil where it does not say, or says what this program does not know.
    public var kind: Kind? {
        document["rule"]?.members.flatMap { members in Kind.allCases.first { $0.message == members.first?.name } }
    }

    /// The room's name for a direct rule, what it begins with for the others.
    public var room: String { kind.map { document.text("rule.\($0.message).\($0.roomField)") } ?? "" }

    /// Whether the room's name ends in random characters, so that every call gets its own.
    public var isRandom: Bool {
        switch kind {
        case .individual: !document.flag("rule.dispatch_rule_individual.no_randomness")
        case .callee: document.flag("rule.dispatch_rule_callee.randomize")
        case .direct, nil: false
        }
    }

    /// The digits that a caller has to key in.
    public var pin: Secret? { kind.flatMap { document.secrets["rule.\($0.message).pin"] } }

    /// Whether a caller has to key in a PIN.
    public var hasPin: Bool { kind.map { document.has(secret: "rule.\($0.message).pin") } ?? false }

    /// Sets how the room is found, with everything that belongs to it.
    ///
    /// - Parameters:
    ///   - room: the name for a direct rule, what it begins with for the others.
    ///   - pin: the digits that a caller has to key in; nil for none.
    ///   - random: whether every call gets a room of its own; nil for what LiveKit does unasked, and without meaning
    ///     for a direct rule.
    public mutating func setKind(_ kind: Kind, room: String, pin: Secret? = nil, random: Bool? = nil) {
        var members = room.isEmpty ? [] : [JSON.Member(kind.roomField, .string(room))]
        switch (kind, random) {
        case (.individual, false): members.append(.init("no_randomness", true))
        case (.callee, true): members.append(.init("randomize", true))
        default: break
        }
        document.forgetSecrets(at: "rule")
        document.put(.object([.init(kind.message, .object(members))]), at: "rule")
        document.secrets["rule.\(kind.message).pin"] = pin
    }
}

// MARK: - The agents

extension DispatchRule {
    /// The agents that are sent into the room; setting them keeps what else is said of one of the same name.
    public var agents: [AgentTarget] {
        get {
            (document["room_config.agents"]?.elements ?? []).map {
                AgentTarget(dispatchName: $0["agent_name"]?.text ?? "", metadata: $0["metadata"]?.text ?? "")
            }
        }
        set {
            let old = document["room_config.agents"]?.elements ?? []
            let agents = newValue.map { target in
                Self.agent(target, in: old.first { $0["agent_name"]?.text == target.dispatchName })
            }
            document.put(agents.isEmpty ? .none : .array(agents), at: "room_config.agents")
        }
    }

    private static func agent(_ target: AgentTarget, in old: JSON?) -> JSON {
        let own = [("agent_name", target.dispatchName), ("metadata", target.metadata)]
        let others = (old?.members ?? []).filter { member in !own.contains { $0.0 == member.name } }
        return .object(own.filter { !$0.1.isEmpty }.map { .init($0.0, .string($0.1)) } + others)
    }
}
