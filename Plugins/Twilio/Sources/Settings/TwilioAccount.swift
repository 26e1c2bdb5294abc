import FoundationEssentials
import SwitchboardCore

/// One Twilio account: who asks, and where.
struct TwilioAccount: Sendable {
    /// The account that is asked about, `AC` and 32 hexadecimal digits.
    let sid: String
    /// The base of the core API, scheme and host.
    let api: String
    /// The base of the trunking API, scheme and host.
    let trunking: String
    /// The user and the token as the header `Authorization` has them behind the word `Basic`.
    let credentials: Secret
    /// The auth token, or the secret of the API key.
    let token: Secret

    /// Reads the settings.
    init(_ settings: ProviderSettings, profile: String) throws {
        let name = TwilioProvider.name
        sid = try settings.required("account_sid", provider: name, profile: profile)
        guard sid.hasPrefix("AC") else {
            throw SwitchboardError(
                .invalidArgument, "'\(sid)' is no SID of a Twilio account, which begins with AC", provider: name,
                fields: ["account_sid": "does not begin with AC"])
        }
        token = try settings.requiredSecret("auth_token", provider: name, profile: profile)
        guard !token.reveal().isEmpty else {
            throw SwitchboardError(
                .unauthorized, "the twilio setting 'auth_token' of profile '\(profile)' is empty",
                help: "set it with: connect twilio", provider: name, fields: ["auth_token": "empty"])
        }
        let user = settings["api_key_sid"].flatMap { $0.isEmpty ? nil : $0 } ?? sid
        credentials = Secret(Data("\(user):\(token.reveal())".utf8).base64EncodedString())
        api = try Self.base(settings["url"] ?? Self.productionURL, "url", profile)
        let trunkingURL = settings["trunking_url"] ?? Self.trunkingURL(besides: api)
        trunking = try Self.base(trunkingURL, "trunking_url", profile)
    }

    /// The base of the core API at Twilio itself.
    static let productionURL = "https://api.twilio.com"

    /// Twilio has a host for each product, also in its regions: `api.frankfurt.ie1.twilio.com` and
    /// `trunking.frankfurt.ie1.twilio.com`; elsewhere one host serves both.
    private static func trunkingURL(besides api: String) -> String {
        let product = "https://api."
        guard api.hasPrefix(product), api.hasSuffix(".twilio.com") else { return api }
        return "https://trunking." + api.dropFirst(product.count)
    }

    /// Paths of the answers begin at the host, so a base has none of its own.
    private static func base(_ text: String, _ setting: String, _ profile: String) throws -> String {
        guard let parts = URLParts(text), ["http", "https"].contains(parts.scheme), !parts.hasUserInfo,
            parts.rest.isEmpty || parts.rest == "/"
        else {
            throw SwitchboardError(
                .invalidArgument,
                "the twilio setting '\(setting)' of profile '\(profile)' is not of the form https://host",
                help: "leave it out for Twilio itself", provider: TwilioProvider.name,
                fields: [setting: "not of the form https://host"])
        }
        let host = parts.host.contains(":") ? "[\(parts.host)]" : parts.host
        return "\(parts.scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    }
}
