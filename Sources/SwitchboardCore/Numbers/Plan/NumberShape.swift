/// How long the numbers of a kind are and what digits they have.
struct NumberShape: Sendable {
    let pattern: DigitPattern
    /// A bit for each length, bit 10 for ten digits.
    private let lengths: UInt32
    /// The same for numbers that lack their area code.
    private let localLengths: UInt32

    /// Reads `7,9,10/4,5;PATTERN`: lengths, lengths without an area code, pattern.
    init(_ text: PlanText) {
        let fields = text.split(";")
        let sets = fields[0].split("/").map { $0.split(",").reduce(UInt32(0)) { $0 | Self.bit(Int($1.string)) } }
        lengths = sets[0]
        localLengths = sets.count > 1 ? sets[1] : 0
        pattern = DigitPattern(text: fields.count > 1 ? fields[1] : fields[0])
    }

    func matches(_ digits: [UInt8]) -> Bool {
        (lengths == 0 || lengths & Self.bit(digits.count) != 0) && pattern.matchesAll(digits)
    }

    func length(_ count: Int) -> NumberLength {
        let bit = Self.bit(count)
        if localLengths & bit != 0 { return .localOnly }
        if lengths & bit != 0 { return .possible }
        if bit > lengths { return .tooLong }
        return count < lengths.trailingZeroBitCount ? .tooShort : .between
    }

    /// The lengths of whole numbers, shortest first.
    var possibleLengths: [Int] { (0..<32).filter { lengths & Self.bit($0) != 0 } }

    private static func bit(_ length: Int?) -> UInt32 {
        length.map { 1 << UInt32(min(max($0, 0), 31)) } ?? 0
    }
}

/// How the length of a national number stands to the lengths that are possible.
enum NumberLength {
    case possible, localOnly, tooShort, tooLong
    /// Longer than the shortest numbers, shorter than the longest, and like none of them.
    case between
}
