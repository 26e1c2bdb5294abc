import SwitchboardCore

/// The types of numbers that Twilio sells apart, in the order in which they are looked for.
enum AvailableType: String, CaseIterable, Sendable {
    case local = "Local"
    case mobile = "Mobile"
    case tollFree = "TollFree"

    var numberType: NumberType {
        switch self {
        case .local: .local
        case .mobile: .mobile
        case .tollFree: .tollFree
        }
    }
}

extension AvailableNumber {
    /// The number as a search describes it; nil where it is no number.
    ///
    /// Coordinates come as texts or as numbers, and capabilities in either case of their letters.
    init?(twilio json: JSON, type: AvailableType) {
        guard let e164 = json.words("phone_number").flatMap(E164.init) else { return nil }
        self.init(
            provider: TwilioProvider.name, e164: e164,
            countryCode: json.words("iso_country") ?? e164.region ?? "", areaCode: e164.areaCode,
            numberType: type.numberType, locality: json.words("locality"), region: json.words("region"),
            capabilities: Capabilities.names(in: json))
    }
}

/// What a number is good for, as Twilio writes it: an object of truth values.
enum Capabilities {
    private static let known = ["voice", "sms", "mms"]

    /// The names of those that it has, in lower case.
    static func names(in json: JSON) -> [String] {
        let has = (json["capabilities"]?.members ?? []).filter { $0.value == .bool(true) }.map { $0.name.lowercased() }
        return known.filter(has.contains)
    }
}
