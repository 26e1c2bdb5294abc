import FoundationEssentials

/// One request as it came in, with its body whole.
public struct SandboxRequest: Sendable {
    /// The method, as sent.
    public var method: String
    /// The path as sent, escapes included and the query cut off.
    public var rawPath: String
    /// The query as sent, without its `?`; nil when there was none.
    public var query: String?
    /// The headers in order, names as sent.
    public var headers: [(name: String, value: String)]
    /// The body; empty when `isTooLarge`.
    public var body: [UInt8]
    /// Whether the body passed the emulator's limit and was dropped.
    public var isTooLarge: Bool

    /// Makes a request; `target` is the path and query of the request line.
    public init(
        method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        isTooLarge: Bool = false
    ) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        rawPath = String(parts.first ?? "")
        query = parts.count > 1 ? String(parts[1]) : nil
        self.headers = headers
        self.body = body
        self.isTooLarge = isTooLarge
    }

    /// The path with its escapes resolved.
    public var path: String { Self.unescape(rawPath, plusIsSpace: false) }

    /// The first header of that name, whatever its case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }

    /// The value of a query parameter, escapes resolved; nil when it is absent.
    public func parameter(_ name: String) -> String? { Self.form(query ?? "").first { $0.name == name }?.value }

    /// The user and password of HTTP Basic authentication; nil for another kind or none.
    public var basicCredentials: (user: String, password: String)? {
        let parts = (header("Authorization") ?? "").split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1]))
        else {
            return nil
        }
        let pair = String(decoding: data, as: UTF8.self)
        guard let colon = pair.firstIndex(of: ":") else { return nil }
        return (String(pair[..<colon]), String(pair[pair.index(after: colon)...]))
    }

    /// The pairs of a query or of a form body in order: escapes resolved, `+` read as a space.
    public static func form(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? unescape(String(parts[1]), plusIsSpace: true) : ""
            return (unescape(String(parts[0]), plusIsSpace: true), value)
        }
    }

    private static func unescape(_ text: String, plusIsSpace: Bool) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "%"), place + 2 < bytes.count, bytes[place + 1].isHexDigit,
                let code = UInt8(String(decoding: bytes[place + 1...place + 2], as: UTF8.self), radix: 16)
            {
                output.append(code)
                place += 3
            } else {
                output.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                place += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}

extension UInt8 {
    /// Whether the byte may stand behind `%`; a sign, which `UInt8(_:radix:)` takes, may not.
    fileprivate var isHexDigit: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
