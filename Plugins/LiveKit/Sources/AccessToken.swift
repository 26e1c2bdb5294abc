import CSodium
import FoundationEssentials
import Synchronization

/// Signs LiveKit access tokens and keeps the latest until shortly before it expires.
final class AccessTokenSource: Sendable {
    /// How long a token is good for, in seconds.
    static let lifetime = 600
    /// How long a token must still be good for when a call is made, which may then wait for its turn or repeat.
    static let reserve = 300

    private let key: String
    private let secret: [UInt8]
    private let now: @Sendable () -> Date
    private let latest = Mutex<(token: String, issued: Int)?>(nil)

    init(key: String, secret: String, now: @escaping @Sendable () -> Date) {
        self.key = key
        self.secret = Array(secret.utf8)
        self.now = now
    }

    /// A token that allows the administration of numbers, trunks and rules.
    func token() throws -> String {
        let time = Int(now().timeIntervalSince1970)
        return try latest.withLock { latest in
            if let latest, (0...Self.lifetime - Self.reserve).contains(time - latest.issued) { return latest.token }
            let token = try sign(at: time)
            latest = (token, time)
            return token
        }
    }

    private func sign(at time: Int) throws -> String {
        let claims = Claims(
            iss: key, sub: "switchboard", iat: time, nbf: time, exp: time + Self.lifetime, sip: Claims.SIP(admin: true))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header = Base64URL.text(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))
        let signed = header + "." + Base64URL.text([UInt8](try encoder.encode(claims)))
        return signed + "." + Base64URL.text(HMACSHA256.code(of: Array(signed.utf8), key: secret))
    }

    private struct Claims: Encodable {
        struct SIP: Encodable { var admin: Bool }
        var iss: String
        var sub: String
        var iat: Int
        var nbf: Int
        var exp: Int
        var sip: SIP
    }
}

/// The message authentication code of RFC 2104 over SHA-256.
enum HMACSHA256 {
    static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        var state = crypto_auth_hmacsha256_state()
        var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
        crypto_auth_hmacsha256_init(&state, key, key.count)
        crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
        crypto_auth_hmacsha256_final(&state, &code)
        return code
    }
}

/// Base 64 with the alphabet for URLs and without padding (RFC 4648, section 5).
enum Base64URL {
    static func text(_ bytes: [UInt8]) -> String {
        let plain = Data(bytes).base64EncodedString()
        return String(
            plain.compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }
}
