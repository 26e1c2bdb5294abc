extension E164 {
    /// Reads a number as people write it: `(415) 555-0100`, `+44 (0)20 7946 0018`, `0044 20 7946 0018`, `4155550100`.
    ///
    /// A number without `+` is read as it is dialled in the region (ISO 3166-1 alpha-2): with or without the national
    /// prefix, after the international prefix, or beginning with the calling code. Digits may be full-width; blanks,
    /// dashes, dots, slashes and brackets may stand between them. Without a region only numbers with `+` are read.
    ///
    /// - Throws: `SwitchboardError` with `invalid_argument` for letters and other characters, for more than 250
    ///   characters, for a region or a calling code that does not exist, and for a number that is too short, too long
    ///   or without its area code.
    public init(parsing text: String, region: String?) throws {
        let spelling = try NumberSpelling(text)
        guard let home = region.flatMap(RegionInPlan.init) else {
            guard spelling.isInternational else {
                let reason = region.map { "'\($0)' is not a region" } ?? "it has no '+', and no region is named"
                throw spelling.refused(reason, help: "name a country by two letters, such as US")
            }
            self = try spelling.number(spelling.internationalParts(spelling.digits[...]))
            return
        }
        self = try spelling.number(spelling.parts(from: home))
    }
}

/// A region with the plan it is part of.
private struct RegionInPlan {
    let plan: CallingCodePlan
    let region: RegionPlan

    init?(_ id: String) {
        let id = id.uppercased()
        guard let code = NumberingPlan.callingCode(of: id), let plan = CallingCodePlan.of(code),
            let region = plan.region(id)
        else { return nil }
        self.plan = plan
        self.region = region
    }
}

/// The digits of a written number and whether a `+` stood before them.
private struct NumberSpelling {
    /// A national number with the plan that it is to be read by.
    typealias Parts = (plan: CallingCodePlan, region: RegionPlan, national: [UInt8])

    let text: String
    private(set) var digits: [UInt8] = []
    private(set) var isInternational = false

    private static let mostCharacters = 250

    init(_ text: String) throws {
        self.text = text
        guard text.unicodeScalars.count <= Self.mostCharacters else {
            throw refused("it has more than \(Self.mostCharacters) characters")
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": digits.append(UInt8(scalar.value))
            case "\u{FF10}"..."\u{FF19}": digits.append(UInt8(scalar.value - 0xFF10 + 0x30))
            case "+", "\u{FF0B}":
                guard digits.isEmpty, !isInternational else { throw refused("a '+' can only stand first") }
                isInternational = true
            case _ where Self.isPunctuation(scalar): break
            default: throw refused("a number has no \(Self.name(scalar))")
            }
        }
        guard !digits.isEmpty else { throw refused("there is no digit in it") }
    }

    /// The blanks, dashes, dots, slashes, brackets and tildes that people put between digits, full-width ones included.
    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\t", "-", ".", "/", "(", ")", "[", "]", "~": true
        case "\u{A0}", "\u{AD}", "\u{200B}", "\u{2060}", "\u{3000}", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{30FC}":
            true
        case "\u{FF08}", "\u{FF09}", "\u{FF0D}"..."\u{FF0F}", "\u{FF3B}", "\u{FF3D}", "\u{FF5E}": true
        case "\u{2053}", "\u{223C}": true
        default: false
        }
    }

    /// Whether a character must not reach a terminal as it is.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func name(_ scalar: Unicode.Scalar) -> String {
        isInvisible(scalar) ? "character U+\(String(scalar.value, radix: 16, uppercase: true))" : "'\(scalar)'"
    }

    /// Finds out what the number means where it is dialled.
    func parts(from home: RegionInPlan) throws -> Parts {
        if isInternational { return try internationalParts(digits[...]) }
        if let match = home.region.internationalPrefix?.match(digits),
            digits.count == match.length || digits[match.length] != UInt8(ascii: "0")
        {
            return try internationalParts(digits[match.length...])
        }
        if let national = withoutCallingCode(of: home), let main = home.plan.regions.first {
            return (home.plan, main, national)
        }
        return (home.plan, home.region, digits)
    }

    /// Splits digits that begin with a calling code, to be read by the rules of the code's main region.
    func internationalParts(_ digits: ArraySlice<UInt8>) throws -> Parts {
        guard let (plan, national) = NumberingPlan.split(digits), let main = plan.regions.first else {
            throw refused("it begins with no calling code that exists")
        }
        return (plan, main, national)
    }

    /// Leaves off a calling code that was written without `+`, where the number makes sense only without it.
    private func withoutCallingCode(of home: RegionInPlan) -> [UInt8]? {
        let code = Array(String(home.plan.code).utf8)
        guard digits.starts(with: code), let general = home.region.general else { return nil }
        let rest = home.region.withoutNationalPrefix(Array(digits.dropFirst(code.count)))
        let isBetter = !general.pattern.matchesAll(digits) && general.pattern.matchesAll(rest)
        return isBetter || home.region.length(of: digits) == .tooLong ? rest : nil
    }

    /// Leaves the national prefix off and makes the number, if it is whole.
    func number(_ parts: Parts) throws -> E164 {
        var national = parts.national
        let stripped = parts.region.withoutNationalPrefix(national)
        switch parts.region.length(of: stripped) {
        case .possible, .tooLong: national = stripped
        case .localOnly, .tooShort, .between: break
        }
        let length = parts.plan.length(of: national)
        guard length == .possible else { throw refused(length, national.count, parts.plan) }
        guard let number = E164("+\(parts.plan.code)" + String(decoding: national, as: UTF8.self)) else {
            throw refused("a number in E.164 has 7 to 15 digits, its calling code included")
        }
        return number
    }

    private func refused(_ length: NumberLength, _ count: Int, _ plan: CallingCodePlan) -> SwitchboardError {
        let lengths = plan.regions.first?.general?.possibleLengths ?? []
        let list = lengths.map(String.init).joined(separator: ", ")
        let reason =
            switch length {
            case .localOnly: "it lacks its area code"
            case .tooShort: "it is too short"
            case .tooLong: "it is too long"
            case .between, .possible: "it has a length that no number has there"
            }
        return refused("\(reason): \(count) digits after +\(plan.code), where \(list) are possible")
    }

    func refused(_ reason: String, help: String? = nil) -> SwitchboardError {
        let most = 40
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(most) {
            shown.append(Self.isInvisible(scalar) ? "\u{FFFD}" : scalar)
        }
        let quoted = String(shown) + (text.unicodeScalars.count > most ? "…" : "")
        return SwitchboardError(
            .invalidArgument, "'\(quoted)' is not a phone number: \(reason)",
            help: help ?? "write it with '+' and the calling code, as in +14155550100")
    }
}
