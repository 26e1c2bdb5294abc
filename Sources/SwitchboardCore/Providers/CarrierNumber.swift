/// A number that a carrier's account may use: its own, or one that it only may show when it calls.
public struct CarrierNumber: Hashable, Sendable, Codable {
    /// What the account may do with a number.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// The account's own: it takes calls and may be shown.
        case fullNumber = "full-number"
        /// Somebody else's, verified: it may be shown when the account calls, and takes no calls here.
        case verifiedCallerID = "verified-caller-id"
    }

    /// Where the carrier leads a number's calls.
    public enum Route: Hashable, Sendable, Codable {
        /// Into a trunk of this id.
        case trunk(String)
        /// To an application of this id.
        case application(String)
        /// To a webhook, which is kept through everything here and whose URL is nobody's business.
        case webhook
        /// Nowhere.
        case nowhere
    }

    /// The carrier's id of the number, which does not tell the kind.
    public var id: String
    /// The number.
    public var e164: E164
    /// What the account may do with it.
    public var kind: Kind
    /// Whether it is good for calls at all; some numbers are for messages only.
    public var hasVoice: Bool
    /// Where its calls went when it was read; `nowhere` for a verified caller id.
    public var route: Route

    /// Makes a number.
    public init(id: String, e164: E164, kind: Kind, hasVoice: Bool = true, route: Route = .nowhere) {
        self.id = id
        self.e164 = e164
        self.kind = kind
        self.hasVoice = hasVoice
        self.route = route
    }
}
