/// One way to write the numbers of a calling code: how the digits are grouped and what stands between the groups.
struct NumberFormat: Sendable {
    /// The beginning that a number needs for this way; an empty pattern takes any.
    private let leadingDigits: DigitPattern
    /// How many digits each group takes.
    private let groups: [ClosedRange<Int>]
    private let national: PlanText?
    private let international: PlanText?

    /// Reads a line of the table: `F`, `N` or `I`, then leading digits, groups and one or two templates.
    init?(_ line: PlanText) {
        let fields = line.dropFirst().split(";")
        guard fields.count >= 3, let kind = line.first else { return nil }
        leadingDigits = DigitPattern(text: fields[0])
        groups = fields[1].split(",").compactMap { size in
            let bounds = size.split("-").compactMap { Int($0.string) }
            guard let low = bounds.first, let high = bounds.last, low <= high else { return nil }
            return low...high
        }
        national = kind == UInt8(ascii: "I") ? nil : fields[2]
        international = kind == UInt8(ascii: "N") ? nil : fields[fields.count > 3 ? 3 : 2]
    }

    /// Writes a number within its country, or nil where this is not the way to write it.
    func national(_ digits: [UInt8]) -> String? { write(digits, by: national) }

    /// Writes what follows the calling code, or nil where this is not the way to write it.
    func international(_ digits: [UInt8]) -> String? { write(digits, by: international) }

    private func write(_ digits: [UInt8], by template: PlanText?) -> String? {
        guard let template, leadingDigits.matchesStart(digits), let parts = split(digits) else { return nil }
        return String(decoding: template.expanded(with: parts), as: UTF8.self)
    }

    /// Cuts the digits into the groups, the earlier ones as long as they may be; nil where they do not fill them.
    private func split(_ digits: [UInt8]) -> [ArraySlice<UInt8>]? {
        var rest = digits[...]
        var needed = groups.reduce(0) { $0 + $1.lowerBound }
        var parts: [ArraySlice<UInt8>] = []
        for group in groups {
            needed -= group.lowerBound
            let size = min(group.upperBound, rest.count - needed)
            guard size >= group.lowerBound else { return nil }
            parts.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return rest.isEmpty ? parts : nil
    }
}
