import FoundationEssentials
import SwitchboardCore

/// Enumerations come by name or by number, and with values that are newer than this client.
enum WireEnum {
    static let statuses = ["UNSPECIFIED", "ACTIVE", "PENDING", "RELEASED", "OFFLINE"]
    static let types = ["UNKNOWN", "MOBILE", "LOCAL", "TOLL_FREE"]

    /// The name without its prefix; nil for a value that is missing or unknown by number.
    static func name(_ value: JSONValue?, prefix: String, byNumber names: [String]) -> String? {
        switch value {
        case .string(let name)?: name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
        case .integer(let number)?: names.indices.contains(number) ? names[number] : nil
        default: nil
        }
    }

    /// The full name of a status, the only spelling that LiveKit's filter understands.
    static func status(_ status: NumberStatus) -> String {
        switch status {
        case .active: "PHONE_NUMBER_STATUS_ACTIVE"
        case .pending: "PHONE_NUMBER_STATUS_PENDING"
        case .offline: "PHONE_NUMBER_STATUS_OFFLINE"
        case .released: "PHONE_NUMBER_STATUS_RELEASED"
        }
    }
}

/// Times on the wire: RFC 3339 with up to nine digits of a second.
enum WireTime {
    /// The time to the second; nil for an empty or unreadable text.
    static func date(_ text: String) -> Date? {
        var whole = text
        if let dot = text.firstIndex(of: ".") {
            let rest = text[dot...].dropFirst()
            whole = String(text[..<dot]) + rest.drop { $0.isASCII && $0.isNumber }
        }
        return try? Date(whole, strategy: .iso8601)
    }
}
