import SwitchboardCore

/// A request that may be sent: of an allowed scheme, without anything that could add a line to it.
struct CheckedRequest {
    let request: HTTPRequest
    let isLoopback: Bool
    /// Lines as libcurl takes them, each closed by a NUL; a field without a value ends with a semicolon there.
    let headerLines: String

    /// Checks a request; throws a permanent `notSent` failure.
    init(_ request: HTTPRequest) throws {
        guard let parts = URLParts(request.url), parts.scheme == "https" || parts.scheme == "http" else {
            throw Self.refusal("the URL is not of the form https://host/path")
        }
        if parts.hasUserInfo { throw Self.refusal("the URL contains a user name, which belongs in a header") }
        self.isLoopback = LoopbackURL.isLoopback(host: parts.host)
        if parts.scheme == "http", !isLoopback {
            throw Self.refusal("plain http is for this machine only; \(parts.host) needs https")
        }
        guard !request.method.isEmpty, request.method.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) else {
            throw Self.refusal("the method is not a word in capitals")
        }
        self.request = request
        self.headerLines = try request.headers.reduce(into: "") { $0 += try Self.line($1) + "\0" }
    }

    private static func line(_ field: HTTPField) throws -> String {
        guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
            throw refusal("a header name contains a character that is not allowed")
        }
        guard field.value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
            throw refusal("the value of the header \(field.name) contains a control character")
        }
        if ["content-length", "transfer-encoding"].contains(field.name.lowercased()) {
            throw refusal("the header \(field.name) follows from the body and cannot be set")
        }
        let isEmpty = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        return isEmpty ? field.name + ";" : field.name + ": " + field.value
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func refusal(_ message: String) -> TransportFailure {
        TransportFailure(.notSent, isPermanent: true, message)
    }
}
