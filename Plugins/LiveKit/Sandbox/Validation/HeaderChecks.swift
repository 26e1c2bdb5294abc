/// What LiveKit looks at in SIP headers (contract section 4.2); headers are looked at in the order of their names.
enum HeaderChecks {
    /// A header that is sent along.
    struct Header: Hashable, Sendable {
        let name: String
        let value: String
    }

    /// The maps of a trunk: headers, then names that attributes are sent under, then names that attributes are made of.
    static let all: [Check<ProtoMessage>] = [sent] + maps

    /// The headers that a message has sent along.
    static let sent = Check<ProtoMessage>("headers") { message in
        let headers = message.map("headers").map(Header.init).sorted { $0.name < $1.name }
        for header in headers {
            if let fault = (name + [reserved]).firstFault(in: header.name) {
                return "invalid header name: \(fault.text)"
            }
            if let fault = value.firstFault(in: header) {
                return "invalid header value for \(header.name): \(fault.text)"
            }
        }
        return nil
    }

    /// The maps between headers and attributes, where the names of reserved headers are allowed.
    static let maps: [Check<ProtoMessage>] = [
        Check("attributes_to_headers") { fault(inNames: $0.map("attributes_to_headers").values) },
        Check("headers_to_attributes") { fault(inNames: $0.map("headers_to_attributes").keys) },
    ]

    static let name: [Check<String>] = [
        Check("header name given", "header name cannot be empty") { $0.isEmpty },
        Check("header name length", "header name too long (max 255 characters)") { $0.utf8.count > 255 },
        Check("header name characters") { name in
            name.unicodeScalars.first { !isToken($0) }.map {
                "header name \(name) contains invalid characters: char \($0.value) not allowed"
            }
        },
    ]

    static let reserved = Check<String>("header name reserved") { name in
        reservedNames.contains(name.lowercased()) ? "header name \(name) not supported" : nil
    }

    /// Values are printable ASCII; an empty one is fine.
    static let value: [Check<Header>] = [
        Check("header value length") { header in
            header.value.utf8.count > 1024 ? "header \(header.name): value too long (max 1024 characters)" : nil
        },
        Check("header value characters") { header in
            header.value.unicodeScalars.first { !(0x20...0x7E).contains($0.value) }.map {
                "header \(header.name): value: char \($0.value) not allowed"
            }
        },
    ]

    /// Names that LiveKit sets itself, and the short forms of others.
    static let reservedNames: Set<String> = [
        "accept", "accept-encoding", "accept-language", "allow", "allow-events", "call-id", "contact",
        "content-encoding", "content-length", "content-type", "cseq", "event", "expires", "from", "max-forwards",
        "record-route", "refer-to", "reply-to", "k", "l", "m", "o", "r", "t", "u", "v",
    ]

    private static func fault(inNames names: some Sequence<String>) -> String? {
        names.sorted().lazy.compactMap { name.firstFault(in: $0) }.first.map { "invalid header name: \($0.text)" }
    }

    private static func isToken(_ character: Unicode.Scalar) -> Bool {
        switch character {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "-", ".", "!", "%", "*", "_", "+", "`", "'", "~": true
        default: false
        }
    }
}
