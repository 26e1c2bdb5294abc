import SwitchboardCore
import CSodium
import FoundationEssentials
import SwitchboardSandbox

/// The API keys and secrets of the project.
struct APIKeys: Sendable {
    let secrets: [String: String]

    /// The pair that a LiveKit server in development mode has.
    static let development = APIKeys(secrets: ["devkey": "secret"])
}

/// What a genuine token says (contract section 2.2).
struct AccessToken: Hashable, Sendable {
    static let leeway = 60.0
    let apiKey: String
    let isSIPAdmin: Bool
    let isSIPCaller: Bool
    private let administeredRoom: String?
    private let start: Double?
    private let end: Double

    /// A token that is refused, with the plain text that LiveKit answers.
    struct Refusal: Error, Hashable {
        let text: String
    }

    /// Reads a token and verifies its signature.
    init(verifying text: String, keys: APIKeys) throws(Refusal) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2]), let algorithm = header["alg"]?.text
        else { throw Refusal(text: "invalid authorization token") }
        guard let key = claims["iss"]?.text, let secret = keys.secrets[key] else {
            throw Refusal(text: "invalid API key")
        }
        guard algorithm == "HS256" else { throw Self.invalid("unexpected signature algorithm") }
        guard Self.signature(of: parts[0] + "." + parts[1], secret: secret) == signature else {
            throw Self.invalid("error in cryptographic primitive")
        }
        guard let end = Self.number(claims["exp"]) else { throw Self.invalid("token has no expiry") }
        apiKey = key
        isSIPAdmin = claims["sip"]?["admin"] == true
        isSIPCaller = claims["sip"]?["call"] == true
        administeredRoom = claims["video"]?["roomAdmin"] == true ? claims["video"]?["room"]?.text ?? "" : nil
        start = Self.number(claims["nbf"])
        self.end = end
    }

    /// Refuses a token whose time is over or has not come.
    func check(at now: SandboxTime) throws(Refusal) {
        let seconds = Double(now.microseconds) / 1_000_000
        guard seconds <= end + Self.leeway else { throw Self.invalid("token is expired (exp)") }
        if let start, seconds < start - Self.leeway { throw Self.invalid("token not valid yet (nbf)") }
    }

    /// Whether the token is one of the room's administrator.
    func administers(_ room: String) -> Bool { administeredRoom == room }

    /// HMAC-SHA256 of the text under the secret's UTF-8 bytes.
    static func signature(of text: String, secret: String) -> [UInt8] {
        var state = crypto_auth_hmacsha256_state()
        let key = Array(secret.utf8)
        let message = Array(text.utf8)
        var output = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_bytes()))
        crypto_auth_hmacsha256_init(&state, key, key.count)
        crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
        crypto_auth_hmacsha256_final(&state, &output)
        return output
    }

    private static func invalid(_ detail: String) -> Refusal { Refusal(text: "invalid authorization token: \(detail)") }

    private static func object(_ part: String) -> JSON? {
        guard let bytes = Base64URL.decode(part), let json = try? JSON(reading: bytes),
            json.members != nil
        else { return nil }
        return json
    }

    private static func number(_ json: JSON?) -> Double? {
        if case .number(let text)? = json { Double(text) } else { nil }
    }
}

/// Base64 in the alphabet for URLs.
enum Base64URL {
    /// The text with padding.
    static func encode(_ bytes: [UInt8]) -> String {
        String(Data(bytes).base64EncodedString().map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }

    /// The bytes of a text with or without padding; nil for anything else.
    static func decode(_ text: String) -> [UInt8]? {
        guard !text.contains(where: { $0 == "+" || $0 == "/" }) else { return nil }
        var plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        while plain.hasSuffix("=") { plain.removeLast() }
        plain += String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain).map(Array.init)
    }
}
