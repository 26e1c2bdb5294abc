/// The plan of one region: what its numbers look like and how they are dialled there.
struct RegionPlan: Sendable {
    /// ISO 3166-1 alpha-2, or `001` for a calling code of no country.
    let id: String
    /// The beginning of all numbers of a region that shares its calling code and needs no other check.
    private(set) var leadingDigits: DigitPattern?
    /// What is dialled before a calling code.
    private(set) var internationalPrefix: DigitPattern?
    /// What is dialled before a national number, carrier codes included.
    private(set) var nationalPrefix: DigitPattern?
    /// What a national prefix becomes where it is not just left off, with `$1` and `$2` for its groups.
    private(set) var prefixTemplate: PlanText?
    /// What all numbers have in common.
    private(set) var general: NumberShape?
    /// The types in the order in which they are tried.
    private(set) var types: [(type: NumberType, shape: NumberShape)] = []

    init(id: PlanText) { self.id = id.string }

    /// Takes a line of the table; the first character says what it is.
    mutating func read(_ line: PlanText) {
        let rest = line.dropFirst()
        switch line.first.map(Unicode.Scalar.init) {
        case "l": leadingDigits = DigitPattern(text: rest)
        case "i": internationalPrefix = DigitPattern(text: rest)
        case "p": nationalPrefix = DigitPattern(text: rest)
        case "t": prefixTemplate = rest
        case "g": general = NumberShape(rest)
        case "P": types.append((.premium, NumberShape(rest)))
        case "T": types.append((.tollFree, NumberShape(rest)))
        case "S": types.append((.shared, NumberShape(rest)))
        case "V": types.append((.voip, NumberShape(rest)))
        case "o": types.append((.unknown, NumberShape(rest)))
        case "f": types.append((.local, NumberShape(rest)))
        case "m": types.append((.mobile, NumberShape(rest)))
        default: break
        }
    }

    /// The type of a national number, `.unknown` for one that has another type; nil for a number that is not valid here.
    func type(of digits: [UInt8]) -> NumberType? {
        guard let general, general.matches(digits) else { return nil }
        return types.first { $0.shape.matches(digits) }?.type
    }

    /// How the length of a national number stands to the lengths that are possible here.
    func length(of digits: [UInt8]) -> NumberLength {
        guard let general else { return .tooShort }
        return general.length(digits.count)
    }

    /// Leaves the national prefix off, or rewrites it, unless that would spoil a number that is good as it is.
    func withoutNationalPrefix(_ digits: [UInt8]) -> [UInt8] {
        guard !digits.isEmpty, let general, let match = nationalPrefix?.match(digits) else { return digits }
        var result = Array(digits.dropFirst(match.length))
        if let prefixTemplate, let last = match.groups.last, last != nil {
            result = prefixTemplate.expanded(with: match.groups.map { $0.map { digits[$0] } }) + result
        }
        let spoils = general.pattern.matchesAll(digits) && !general.pattern.matchesAll(result)
        return spoils ? digits : result
    }
}
