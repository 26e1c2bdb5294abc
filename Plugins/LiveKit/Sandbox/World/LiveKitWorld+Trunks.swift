import SwitchboardCore
import SwitchboardSandbox

/// Which way a trunk carries calls.
enum TrunkDirection: String, Hashable, Sendable, CaseIterable {
    case inbound
    case outbound

    var schema: ProtoSchema { self == .inbound ? TrunkSchemas.inboundInfo : TrunkSchemas.outboundInfo }

    /// The kind of the documents that trunks of this direction are kept in.
    var documentKind: String { "\(self)_trunk" }

    /// What LiveKit looks at in a trunk itself.
    var checks: [Check<ProtoMessage>] { self == .inbound ? TrunkChecks.inbound : TrunkChecks.outbound }
}

extension LiveKitWorld {
    /// The trunks of a direction.
    func trunks(_ direction: TrunkDirection) -> MessageBook { direction == .inbound ? inbound.book : outbound }

    /// The trunk that a message names by `sip_trunk_id`; one of the other direction does not count.
    func trunk(named message: ProtoMessage, _ direction: TrunkDirection) throws(TwirpError) -> ProtoMessage {
        guard let trunk = trunks(direction)[message.string("sip_trunk_id")] else { throw .trunkNotFound }
        return trunk
    }

    /// Stores a trunk under a new id.
    mutating func create(_ trunk: ProtoMessage, _ direction: TrunkDirection, _ call: LiveKitCall) -> ProtoMessage {
        var trunk = trunk
        trunk.set("sip_trunk_id", LiveKitID.make(LiveKitID.trunk))
        trunk["created_at"] = .timestamp(call.time)
        trunk["updated_at"] = .timestamp(call.time)
        store(trunk, direction)
        return trunk
    }

    /// The trunk as a request wants it; a replacement keeps nothing of it but its id and its age.
    func updated(
        by request: ProtoMessage, _ direction: TrunkDirection, _ call: LiveKitCall
    ) throws(TwirpError) -> ProtoMessage {
        let old = try trunk(named: request, direction)
        var trunk = request.message("replace") ?? old
        if let update = request.message("update") { trunk = old.updated(by: update) }
        if let fault = direction.checks.firstFault(in: trunk) { throw .merged(fault) }
        trunk["sip_trunk_id"] = old["sip_trunk_id"]
        trunk["created_at"] = old["created_at"]
        trunk["updated_at"] = .timestamp(call.time)
        return trunk
    }
}

extension TwirpError {
    /// What LiveKit answers when a trunk would be at fault after an update (contract section 4.2).
    ///
    /// Only the security rule of inbound trunks is a refusal; any other fault comes out as an error of no known kind.
    fileprivate static func merged(_ fault: CheckedFault) -> TwirpError {
        fault.check == TrunkChecks.security
            ? TwirpError(.invalidArgument, "twirp error unknown: \(fault.text)") : TwirpError(.unknown, fault.text)
    }
}
