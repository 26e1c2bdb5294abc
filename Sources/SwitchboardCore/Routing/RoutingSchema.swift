/// The kinds of document that decide where calls go, each with the table of its fields (contract section 4.1).
public enum RoutingSchema: String, Hashable, Sendable, Codable, CaseIterable {
    /// A trunk that calls come in by.
    case inboundTrunk
    /// A trunk that calls go out by.
    case outboundTrunk
    /// A rule that decides which room and which agents a call gets.
    case dispatchRule

    /// The fields in the order in which LiveKit writes them.
    public var fields: [RoutingField] {
        switch self {
        case .inboundTrunk: Self.inboundTrunkFields
        case .outboundTrunk: Self.outboundTrunkFields
        case .dispatchRule: Self.dispatchRuleFields
        }
    }

    /// The field of that name, in either naming; a dotted name reaches into messages, `media.codecs`.
    public func field(_ name: String) -> RoutingField? { find(name)?.field }

    /// The field of that name with its path in proto names.
    func find(_ name: String) -> (path: String, field: RoutingField)? {
        var fields = fields
        var path: [String] = []
        var found: RoutingField?
        for part in name.split(separator: ".", omittingEmptySubsequences: false) {
            guard let field = fields.first(where: { $0.isNamed(String(part)) }) else { return nil }
            path.append(field.name)
            if case .messages = field.kind { fields = [] } else { fields = field.fields }
            found = field
        }
        return found.map { (path.joined(separator: "."), $0) }
    }

    /// What users call it: `inbound trunk`.
    public var noun: String {
        switch self {
        case .inboundTrunk: "inbound trunk"
        case .outboundTrunk: "outbound trunk"
        case .dispatchRule: "dispatch rule"
        }
    }

    /// The name of the field that holds the id.
    public var idField: String { self == .dispatchRule ? "sip_dispatch_rule_id" : "sip_trunk_id" }
}
