import CSodium

/// The domain names that the account's trunk for a SIP host may have, and by which it is found again.
///
/// Of all that a trunk has only the domain name is unique, so two imports at one time cannot make two trunks. A deleted
/// trunk keeps its name for up to 30 days, hence the numbered ones (contract section 8.3).
enum TrunkDomain {
    /// The names in the order in which they are tried: `sb-3fa94c1d27e0.pstn.twilio.com`, then with `-2` to `-5`.
    static func names(account: String, sipHost: String) -> [String] {
        let label = "sb-" + digest(of: account + sipHost.lowercased()).prefix(12)
        return ([label] + (2...5).map { "\(label)-\($0)" }).map { $0 + ".pstn.twilio.com" }
    }

    /// SHA-256 in hexadecimal digits.
    private static func digest(of text: String) -> String {
        let bytes = Array(text.utf8)
        var hash = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
        crypto_hash_sha256(&hash, bytes, UInt64(bytes.count))
        return hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
