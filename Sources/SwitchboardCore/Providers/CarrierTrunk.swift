/// A SIP trunk at a carrier, by which its numbers' calls reach the platform and the platform's calls reach the carrier.
public struct CarrierTrunk: Hashable, Sendable, Codable {
    /// The carrier's id.
    public var id: String
    /// The name for people.
    public var name: String
    /// The host that takes calls to the carrier, without `sip:`; nil for a trunk that takes none.
    public var terminationHost: String?

    /// Makes a trunk.
    public init(id: String, name: String, terminationHost: String? = nil) {
        self.id = id
        self.name = name
        self.terminationHost = terminationHost
    }
}

/// A place that a carrier's trunk leads calls to.
public struct OriginationURL: Hashable, Sendable, Codable {
    /// The carrier's id.
    public var id: String
    /// The SIP URI, such as `sip:acme01.sip.livekit.cloud;transport=tcp`.
    public var sipURI: String
    /// Whether calls go there.
    public var isEnabled: Bool

    /// Makes an origination URL.
    public init(id: String, sipURI: String, isEnabled: Bool = true) {
        self.id = id
        self.sipURI = sipURI
        self.isEnabled = isEnabled
    }

    /// Whether two SIP URIs lead to one place: scheme, host and parameters in any case, parameters in any order.
    public static func meansSame(_ one: String, _ other: String) -> Bool { meaning(of: one) == meaning(of: other) }

    private static func meaning(of uri: String) -> [String] {
        let parts = uri.split(separator: ";", omittingEmptySubsequences: true).map { $0.lowercased() }
        return parts.prefix(1) + Set(parts.dropFirst()).sorted()
    }
}

/// The users who may call out through the trunks that the list is attached to.
public struct CredentialList: Hashable, Sendable, Codable {
    /// The carrier's id.
    public var id: String
    /// The name, which the account has once.
    public var name: String

    /// Makes a credential list.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}
