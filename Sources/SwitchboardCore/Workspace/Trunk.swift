public import FoundationEssentials

/// A SIP trunk of the workspace, shared by the numbers that use it.
public struct Trunk: Hashable, Sendable, Codable {
    /// Which way calls go.
    public enum Direction: String, Hashable, Sendable, Codable { case inbound, outbound, both }

    /// `trunk_` and 26 characters.
    public var id: String
    /// The user's own words.
    public var name: String
    /// The provider whose numbers it carries, by its registered name.
    public var kind: String
    /// Which way calls go.
    public var direction: Direction
    /// LiveKit's id of the inbound half.
    public var inboundTrunkID: String?
    /// LiveKit's id of the outbound half.
    public var outboundTrunkID: String?
    /// The carrier's id of the account whose numbers it carries; nil for a trunk of any carrier's numbers.
    public var account: String?
    /// The carrier's own id of the account's trunk that calls come from.
    public var carrierTrunkID: String?
    /// When it was made.
    public var createdAt: Date

    /// Makes a trunk.
    public init(
        id: String, name: String, kind: String, direction: Direction, inboundTrunkID: String? = nil,
        outboundTrunkID: String? = nil, account: String? = nil,
        carrierTrunkID: String? = nil, createdAt: Date
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.direction = direction
        self.inboundTrunkID = inboundTrunkID
        self.outboundTrunkID = outboundTrunkID
        self.account = account
        self.carrierTrunkID = carrierTrunkID
        self.createdAt = createdAt
    }

    /// The platform's ids of it.
    public var halves: [String] { [inboundTrunkID, outboundTrunkID].compactMap { $0 } }

    /// Whether the platform's trunk is this one or a half of it.
    public func names(_ id: String) -> Bool { inboundTrunkID == id || outboundTrunkID == id }
}
