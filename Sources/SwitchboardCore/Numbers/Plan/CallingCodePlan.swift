import Synchronization

/// All that the table knows about one calling code, read when it is first asked for and then kept.
///
/// In the table every line begins with the letter of what it holds: `@` a region (the main one first), the letters of
/// `RegionPlan.read` what belongs to that region, and `F`, `N`, `I` a way to write numbers (both displays, national,
/// international).
final class CallingCodePlan: Sendable {
    let code: Int
    /// The regions that share the code, the main one first.
    let regions: [RegionPlan]
    private let formats: [NumberFormat]

    private static let known = Mutex<[Int: CallingCodePlan]>([:])

    /// Returns the plan of a calling code, or nil where nobody has the code.
    static func of(_ code: Int) -> CallingCodePlan? {
        known.withLock { known in
            if let plan = known[code] { return plan }
            guard let table = NumberingPlanData.plan(of: code) else { return nil }
            let plan = CallingCodePlan(code, PlanText(table))
            known[code] = plan
            return plan
        }
    }

    private init(_ code: Int, _ table: PlanText) {
        var regions: [RegionPlan] = []
        var formats: [NumberFormat] = []
        for line in table.split("\n") {
            switch line.first.map(Unicode.Scalar.init) {
            case "@": regions.append(RegionPlan(id: line.dropFirst()))
            case "F", "N", "I": if let format = NumberFormat(line) { formats.append(format) }
            default: if !regions.isEmpty { regions[regions.count - 1].read(line) }
            }
        }
        self.code = code
        self.regions = regions
        self.formats = formats
    }

    /// The plan of one region, by its ISO code.
    func region(_ id: String) -> RegionPlan? { regions.first { $0.id == id } }

    /// The region that a national number belongs to; where a code has one region, that one whatever the number.
    func region(of digits: [UInt8]) -> RegionPlan? {
        guard regions.count > 1 else { return regions.first }
        return regions.first { $0.leadingDigits?.matchesStart(digits) ?? ($0.type(of: digits) != nil) }
    }

    /// The type of a national number in the region that it belongs to; nil for a number that is not valid.
    func type(of digits: [UInt8]) -> NumberType? {
        guard regions.count > 1 else { return regions.first?.type(of: digits) }
        for region in regions {
            if let leadingDigits = region.leadingDigits {
                if leadingDigits.matchesStart(digits) { return region.type(of: digits) }
            } else if let type = region.type(of: digits) {
                return type
            }
        }
        return nil
    }

    /// How the length of a national number stands to the plan of the main region, which speaks for all.
    func length(of digits: [UInt8]) -> NumberLength { regions.first?.length(of: digits) ?? .tooShort }

    /// Writes a number as people write it within the country.
    func nationalDisplay(_ digits: [UInt8]) -> String {
        formats.lazy.compactMap { $0.national(digits) }.first ?? String(decoding: digits, as: UTF8.self)
    }

    /// Writes a number with its calling code and blanks or dashes.
    func internationalDisplay(_ digits: [UInt8]) -> String {
        let national = formats.lazy.compactMap { $0.international(digits) }.first
        return "+\(code) " + (national ?? String(decoding: digits, as: UTF8.self))
    }
}
