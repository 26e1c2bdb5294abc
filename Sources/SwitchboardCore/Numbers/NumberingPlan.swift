/// The telephone numbering plans of the world, as libphonenumber knows them.
///
/// The table is part of the program and is read piece by piece, as numbers are asked about.
public enum NumberingPlan {
    /// The version of the PyPI package `phonenumbers` that the plans come from.
    public static var version: String { NumberingPlanData.version }

    /// Returns the calling code of a region, 1 for `US`, or nil for a region that has none; capitals only.
    public static func callingCode(of region: String) -> Int? { regionCodes[region] }

    /// The regions that have a plan, ISO 3166-1 alpha-2, in alphabetical order.
    public static var regions: [String] { regionCodes.keys.sorted() }

    /// The geographic area codes of the US, sorted; toll-free codes are none.
    public static let usAreas: [USArea] = PlanText(NumberingPlanData.areas).split("\n").map(USArea.init)

    /// Returns the US area of three digits, or nil where the US has no such area code.
    public static func area(_ code: String) -> USArea? {
        var low = 0
        var high = usAreas.count
        while low < high {
            let middle = (low + high) / 2
            if usAreas[middle].areaCode < code { low = middle + 1 } else { high = middle }
        }
        return low < usAreas.count && usAreas[low].areaCode == code ? usAreas[low] : nil
    }

    /// Splits the digits after the `+` into a plan and the national number; nil where nobody has the calling code.
    static func split(_ digits: ArraySlice<UInt8>) -> (plan: CallingCodePlan, national: [UInt8])? {
        var code = 0
        for (index, digit) in digits.prefix(3).enumerated() {
            code = code * 10 + Int(digit - UInt8(ascii: "0"))
            if code == 0 { return nil }
            if let plan = CallingCodePlan.of(code) { return (plan, Array(digits.dropFirst(index + 1))) }
        }
        return nil
    }

    private static let regionCodes: [String: Int] = {
        var codes: [String: Int] = [:]
        for entry in PlanText(NumberingPlanData.regions).split(" ") {
            codes[entry.prefix(2).string] = Int(entry.dropFirst(2).string)
        }
        return codes
    }()
}
