/// An address that a profile's account has at its vendor, for the configuration of others; nothing is asked for it.
public struct ProviderEndpoint: Hashable, Sendable {
    /// What it is, in lower snake case, such as `sip_uri`.
    public var name: String
    /// The address; nil where the settings do not tell it.
    public var value: String?
    /// What it is good for, or how to find it where it is not known.
    public var remark: String

    /// Makes an endpoint.
    public init(_ name: String, _ value: String?, remark: String) {
        self.name = name
        self.value = value
        self.remark = remark
    }
}
