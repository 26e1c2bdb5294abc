extension E164 {
    /// The calling code, 1 for the US, or nil where nobody has the code.
    public var countryCallingCode: Int? { parts?.plan.code }

    /// The region the number belongs to, ISO 3166-1 alpha-2; nil for a number of no country and for one that no region
    /// of a shared calling code knows.
    public var region: String? {
        guard let parts, let region = parts.plan.region(of: parts.national), region.id != "001" else { return nil }
        return region.id
    }

    /// Whether the number has a possible length for its calling code; a number without its area code has.
    public var isPossible: Bool {
        guard let parts else { return false }
        let length = parts.plan.length(of: parts.national)
        return length == .possible || length == .localOnly
    }

    /// Whether the number has the digits of a number in use; nobody can tell from the digits whether it is assigned.
    public var isValid: Bool { typeInPlan != nil }

    /// The type of the number, `.local` where fixed lines and mobiles share their numbers; `.unknown` for a number that
    /// is not valid and for types that users do not tell apart (pagers, personal numbers, voicemail).
    public var numberType: NumberType { typeInPlan ?? .unknown }

    /// The digits without the calling code.
    public var nationalNumber: String {
        guard let parts else { return String(text.dropFirst()) }
        return String(decoding: parts.national, as: UTF8.self)
    }

    /// The number as people write it within its country: `(415) 555-0100`.
    public var nationalDisplay: String {
        guard let parts else { return String(text.dropFirst()) }
        return parts.plan.nationalDisplay(parts.national)
    }

    /// The number as people write it for others: `+1 415-555-0100`.
    public var internationalDisplay: String {
        guard let parts else { return text }
        return parts.plan.internationalDisplay(parts.national)
    }

    /// The first three digits of a US number, toll-free ones included, as LiveKit has it; nil elsewhere.
    public var areaCode: String? { region == "US" ? String(nationalNumber.prefix(3)) : nil }

    /// The main city of a US number's area code; nil where the code has none, and outside the US.
    public var locality: String? { usArea?.locality }

    /// The state of a US number's area code, two letters; nil for toll-free numbers and outside the US.
    public var state: String? { usArea?.state }

    private var usArea: USArea? { areaCode.flatMap(NumberingPlan.area) }

    private var parts: (plan: CallingCodePlan, national: [UInt8])? {
        NumberingPlan.split(Array(text.utf8).dropFirst())
    }

    private var typeInPlan: NumberType? { parts.flatMap { $0.plan.type(of: $0.national) } }
}
