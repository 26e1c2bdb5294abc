import SwitchboardCore

/// What LiveKit's SIP service calls things, by the kind of document that a call concerns (contract section 4.1).
extension RoutingSchema {
    /// The method that does this to one of them: `CreateSIPInboundTrunk`.
    func method(_ verb: String) -> String {
        switch self {
        case .inboundTrunk: verb + "SIPInboundTrunk"
        case .outboundTrunk: verb + "SIPOutboundTrunk"
        case .dispatchRule: verb + "SIPDispatchRule"
        }
    }

    /// The method that deletes one; trunks of both directions have it in common.
    var deleteMethod: String { self == .dispatchRule ? "DeleteSIPDispatchRule" : "DeleteSIPTrunk" }

    /// What that method deletes.
    var deletedNoun: String { self == .dispatchRule ? noun : "trunk" }

    /// The member of a request to create one, and of the answer of a look-up, that holds it.
    var wrapper: String { self == .dispatchRule ? "dispatch_rule" : "trunk" }
}

extension RoutingDocument {
    /// LiveKit's id of it; empty where it has none yet.
    var id: String { text(schema.idField) }
}
