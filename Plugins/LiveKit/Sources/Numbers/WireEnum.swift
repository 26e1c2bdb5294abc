import FoundationEssentials
import SwitchboardCore

/// An enumeration of LiveKit's: the names in the order of their numbers, with what they mean here.
///
/// Values come by name or by number, and may be newer than this client.
struct WireEnum<Meaning: Equatable & Sendable>: Sendable {
    let names: [(name: String, meaning: Meaning?)]

    /// What a value means; nil for one that is missing, unknown or means nothing here.
    func meaning(of value: JSON?) -> Meaning? {
        if let name = value?.text { return names.first { $0.name == name }?.meaning }
        guard let number = value?.integer, names.indices.contains(number) else { return nil }
        return names[number].meaning
    }

    /// The full name of a value, the only spelling that LiveKit's filters understand.
    func name(of meaning: Meaning) -> String { names.first { $0.meaning == meaning }?.name ?? "" }
}

extension WireEnum<NumberStatus> {
    static let numberStatus = WireEnum(names: [
        ("PHONE_NUMBER_STATUS_UNSPECIFIED", nil), ("PHONE_NUMBER_STATUS_ACTIVE", .active),
        ("PHONE_NUMBER_STATUS_PENDING", .pending), ("PHONE_NUMBER_STATUS_RELEASED", .released),
        ("PHONE_NUMBER_STATUS_OFFLINE", .offline),
    ])
}

extension WireEnum<NumberType> {
    static let numberType = WireEnum(names: [
        ("PHONE_NUMBER_TYPE_UNKNOWN", nil), ("PHONE_NUMBER_TYPE_MOBILE", .mobile),
        ("PHONE_NUMBER_TYPE_LOCAL", .local), ("PHONE_NUMBER_TYPE_TOLL_FREE", .tollFree),
    ])
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
