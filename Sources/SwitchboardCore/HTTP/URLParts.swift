/// The scheme and the authority of an absolute URL, read strictly.
///
/// What two parsers could read in two ways is refused: a backslash, a blank, a control or non-ASCII character
/// anywhere, a percent sign in the host, an empty host or port.
public struct URLParts: Hashable, Sendable {
    /// The scheme in lower case, such as `https`.
    public let scheme: String
    /// Whether something stands before an `@` in the authority.
    public let hasUserInfo: Bool
    /// The host in lower case; an IPv6 address without its brackets.
    public let host: String
    /// The port, or nil where the URL names none.
    public let port: Int?
    /// Everything behind the authority: path, query and fragment as they stand.
    public let rest: Substring

    /// Reads a URL; nil where it is not absolute or not strictly of the form `scheme://authority…`.
    public init?(_ url: String) {
        let bytes = url.utf8
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8)
        else { return nil }
        let scheme = url[..<colon].lowercased()
        guard let first = scheme.utf8.first, Self.isLetter(first), scheme.utf8.allSatisfy(Self.isSchemeByte) else {
            return nil
        }
        let afterScheme = bytes[colon...].dropFirst(3)
        let authority = afterScheme.prefix { !"/?#".utf8.contains($0) }
        let at = authority.lastIndex(of: UInt8(ascii: "@"))
        let hostAndPort = at.map { authority[$0...].dropFirst() } ?? authority
        guard let (host, port) = Self.split(hostAndPort) else { return nil }
        self.scheme = scheme
        self.hasUserInfo = at != nil
        self.host = host
        self.port = port
        self.rest = url[authority.endIndex...]
    }

    private static func split(_ text: Substring.UTF8View) -> (host: String, port: Int?)? {
        let host: Substring.UTF8View
        let tail: Substring.UTF8View
        if text.first == UInt8(ascii: "[") {
            guard let close = text.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            host = text[..<close].dropFirst()
            tail = text[close...].dropFirst()
            guard host.contains(UInt8(ascii: ":")), host.allSatisfy(isAddressByte) else { return nil }
        } else {
            host = text.prefix { $0 != UInt8(ascii: ":") }
            tail = text[host.endIndex...]
            guard !host.isEmpty, host.allSatisfy(isHostByte) else { return nil }
        }
        let name = Substring(host).lowercased()
        if tail.isEmpty { return (name, nil) }
        let digits = tail.dropFirst()
        guard tail.first == UInt8(ascii: ":"), !digits.isEmpty, digits.allSatisfy(isDigit),
            let port = Int(Substring(digits)), port <= 65535
        else { return nil }
        return (name, port)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }
    private static func isHostByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "_")
    }
    private static func isAddressByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
            || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
    }
}
