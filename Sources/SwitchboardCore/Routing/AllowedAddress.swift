/// An entry of `allowed_addresses`, as LiveKit reads it (contract section 4.7).
enum AllowedAddress: Hashable, Sendable {
    case address(IPAddress)
    case range(IPRange)
    /// Compared with the host of the From header; it is never looked up.
    case host(String)
    /// LiveKit leaves it out, and where no entry remains it lets every address in.
    case ignored
    /// LiveKit keeps it, and no call comes from it.
    case nowhere

    init(_ text: String) {
        if text.unicodeScalars.contains(where: { "()+*;, \t\r\n".unicodeScalars.contains($0) }) || text.contains("://")
        {
            self = .ignored
        } else if let address = IPAddress(text) {
            self = .address(address)
        } else if let range = IPRange(text) {
            self = .range(range)
        } else {
            self = Self.isHost(text) ? .host(text) : .nowhere
        }
    }

    /// Whether that is a host name and not a misspelt address.
    static func isHost(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let isWord = labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63
                && label.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        }
        return isWord && text.utf8.count <= 253 && labels.last?.contains { $0.isLetter } == true
    }

    /// Whether a call from there passes this entry.
    func admits(_ source: IPAddress, host: String?) -> Bool {
        switch self {
        case .address(let address): address == source
        case .range(let range): range.contains(source)
        case .host(let name): name == host
        case .ignored, .nowhere: false
        }
    }
}

extension UInt8 {
    var isLetterOrDigit: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
