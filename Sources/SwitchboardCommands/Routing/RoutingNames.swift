import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// The names by which the calls of a script speak of trunks, numbers and agents, and what they stand for at the
/// platform.
struct RoutingNames: Sendable {
    /// The platform's id of a trunk or number.
    let trunkID: @Sendable (Value) throws -> String
    /// The agent of a name or id.
    let agent: @Sendable (String) throws -> AgentTarget

    /// The flags that name trunks and numbers; those of the last are to be taken out.
    static let trunkFlags = ["trunk-ids", "add-trunk-ids", "remove-trunk-ids"]

    /// Every name stands for an id of its own making: for a look at a call before anything can be asked.
    static let unasked = RoutingNames(
        trunkID: { value in
            let text = value.routingReference ?? ""
            return "ST_" + text.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.suffix(12)
        }, agent: { AgentTarget(dispatchName: $0) })

    /// The names of a workspace and its platform; ids that a rule has already stand for themselves, known or not.
    init(_ picture: RoutingPicture, _ run: RunSession, keeping kept: [String] = []) throws {
        let trunks = try TrunkEntry.all(picture, run)
        self.init(
            trunkID: { value in
                if let text = value.plainText, kept.contains(text) { return text }
                return try Self.trunkID(value, trunks, picture)
            },
            agent: { name in AgentTarget(try AgentReference.find(name, run)) })
    }

    private init(
        trunkID: @escaping @Sendable (Value) throws -> String, agent: @escaping @Sendable (String) throws -> AgentTarget
    ) {
        self.trunkID = trunkID
        self.agent = agent
    }

    private static func trunkID(
        _ value: Value, _ trunks: [TrunkEntry], _ picture: RoutingPicture
    ) throws -> String {
        guard let text = value.routingReference else {
            throw SwitchboardError(.invalidArgument, "\(value.typeName) names no trunk")
        }
        if let number = picture.numbers.first(where: { $0.inboundID == text || $0.e164 == E164(text) }) {
            return number.inboundID
        }
        if let number = E164(text) {
            throw SwitchboardError(
                .notFound, "\(number) is no number of the platform's own, so it has no id of its own",
                help: "name the trunk that it comes in by, and the number with --called")
        }
        return try TrunkEntry.find(.string(text), among: trunks).inbound().id
    }

    /// The arguments with the ids of what the trunk flags name; what is to be taken out may be gone already.
    func resolved(_ arguments: [String: Value]) throws -> [String: Value] {
        var arguments = arguments
        for name in Self.trunkFlags {
            guard case .list(let values)? = arguments[name], values != [.string("")] else { continue }
            let isGoing = name == Self.trunkFlags.last
            arguments[name] = .list(try values.map { .string(try isGoing ? goingID($0) : trunkID($0)) })
        }
        return arguments
    }

    private func goingID(_ value: Value) throws -> String {
        do { return try trunkID(value) } catch let error as SwitchboardError where error.code == .notFound {
            return value.routingReference ?? ""
        }
    }
}

extension Value {
    /// What names a trunk or a number: a record's id at the platform, or the text itself.
    var routingReference: String? {
        guard case .record(let record) = self else { return plainText }
        let fields = ["livekit_inbound_trunk_id", "livekit_outbound_trunk_id", "provider_phone_number_id", "id"]
        return fields.lazy.compactMap { record[$0] }.first { !$0.isNothing }?.plainText
    }
}
