import SwitchboardCore

/// Numbers that have all but their last three digits, their place and their kind in common: lines 150 to 199.
struct NumberPool: Sendable {
    /// The types of numbers that can be had, as paths name them.
    enum Kind: String, Sendable, CaseIterable {
        case local = "Local"
        case tollFree = "TollFree"
        case mobile = "Mobile"

        /// The word in a number's `type`.
        var word: String { self == .tollFree ? "toll-free" : rawValue.lowercased() }
        /// The word among a country's lists.
        var member: String { self == .tollFree ? "toll_free" : rawValue.lowercased() }
    }

    /// What the authorities of the place want from whoever buys.
    enum Requirement: Sendable {
        case none, address, bundle

        /// The word in `address_requirements`.
        var word: String { self == .address ? "any" : "none" }

        /// Refuses a number that comes without it.
        func check(_ number: Resource) throws(TwilioError) {
            if self == .address, number.text("address_sid").isEmpty {
                throw TwilioError(21631, "This number needs an address; pass AddressSid.")
            }
            if self == .bundle, number.text("bundle_sid").isEmpty {
                throw TwilioError(21649, "This number needs a regulatory bundle; pass BundleSid.")
            }
        }
    }

    static let lines = 150..<200
    static let countryNames = ["US": "United States", "GB": "United Kingdom"]

    let country: String
    let kind: Kind
    /// All digits but the last three, with the plus sign.
    let stem: String
    var requirement = Requirement.none
    /// The area code; nil outside North America.
    var area: String?
    var place = Place()

    /// The numbers in ascending order.
    var numbers: some Sequence<String> & LazySequenceProtocol { Self.lines.lazy.map { "\(stem)\($0)" } }

    /// A number of the pool as a search shows it.
    func offer(_ e164: String) -> JSON {
        [
            "phone_number": .string(e164), "friendly_name": .string(Self.friendlyName(e164)),
            "lata": .optional(place.lata), "locality": .optional(place.locality),
            "rate_center": .optional(place.rateCenter), "latitude": .optional(place.latitude),
            "longitude": .optional(place.longitude), "region": .optional(place.region),
            "postal_code": .optional(place.postalCode), "iso_country": .string(country),
            "address_requirements": .string(requirement.word), "beta": false,
            "capabilities": ["voice": true, "sms": true, "mms": .bool(country == "US")],
        ]
    }

    /// `(415) 555-0150` in North America, else the number itself.
    static func friendlyName(_ e164: String) -> String {
        guard e164.hasPrefix("+1"), e164.utf8.count == 12 else { return e164 }
        let digits = e164.dropFirst(2)
        return "(\(digits.prefix(3))) \(digits.dropFirst(3).prefix(3))-\(digits.suffix(4))"
    }
}
