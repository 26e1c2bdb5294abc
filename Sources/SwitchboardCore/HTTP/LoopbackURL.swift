/// Tells whether a URL stays on this machine: the sandbox is on loopback, everything live is not.
public enum LoopbackURL {
    /// Whether the URL's host is `localhost`, `::1` or in 127.0.0.0/8, for http, https, ws and wss.
    ///
    /// Whatever is not plainly so, a host that merely begins with such a name or a URL with user information
    /// included, is not loopback.
    public static func isLoopback(url: String) -> Bool {
        guard let parts = URLParts(url), !parts.hasUserInfo else { return false }
        return ["http", "https", "ws", "wss"].contains(parts.scheme) && isLoopback(host: parts.host)
    }

    /// Whether a host name or address, an IPv6 address without brackets, is one of those.
    public static func isLoopback(host: String) -> Bool {
        switch host.lowercased() {
        case "localhost", "::1", "0:0:0:0:0:0:0:1": true
        default: isLoopbackAddress(host)
        }
    }

    /// Four decimal numbers without leading zeros: other spellings of an address are read in more than one way.
    private static func isLoopbackAddress(_ host: String) -> Bool {
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127"
            && numbers.allSatisfy { text in UInt8(text).map { String($0) == text } ?? false }
    }
}
