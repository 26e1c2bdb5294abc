/// Decides by its form what a bare word is.
struct LiteralForm {
    private let bytes: ArraySlice<UInt8>

    /// The kind of a bare word that begins with a digit, `-` and a digit, or `+` and a digit.
    static func kind(_ bytes: ArraySlice<UInt8>) -> Token.Kind {
        let form = LiteralForm(bytes: bytes)
        guard let first = bytes.first else { return .word }
        if first == UInt8(ascii: "+") { return form.isPhone ? .phone : .malformed(.badPhone) }
        if form.isNumber { return .number }
        if first == UInt8(ascii: "-") { return .malformed(.badNumber) }
        if form.looksLikeTime { return form.isTime ? .time : .malformed(.badTime) }
        if form.isMoney { return .money }
        if form.isDuration { return .duration }
        if form.isRate { return .rate }
        return .word
    }

    /// `+` and 7 to 15 digits, the first not 0.
    private var isPhone: Bool {
        let digits = bytes.dropFirst()
        return (7...15).contains(digits.count) && digits.allSatisfy(Byte.isDigit) && digits.first != UInt8(ascii: "0")
    }

    /// Digits, possibly with a `-` in front and a fraction behind.
    private var isNumber: Bool {
        let unsigned = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
        return Self.isDecimal(unsigned)
    }

    private static func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
        let whole = bytes.prefix(while: Byte.isDigit)
        guard !whole.isEmpty else { return false }
        let rest = bytes.dropFirst(whole.count)
        guard let dot = rest.first else { return true }
        let fraction = rest.dropFirst()
        return dot == UInt8(ascii: ".") && !fraction.isEmpty && fraction.allSatisfy(Byte.isDigit)
    }

    /// A decimal and three capitals.
    private var isMoney: Bool {
        bytes.count > 3 && bytes.suffix(3).allSatisfy { (0x41...0x5A).contains($0) }
            && Self.isDecimal(bytes.dropLast(3))
    }

    private var isDuration: Bool { durationParts != nil }

    /// Digits and a unit, several times, from the longest unit to the shortest; nil for any other form.
    private var durationParts: [(digits: String, milliseconds: Int64)]? {
        var parts: [(digits: String, milliseconds: Int64)] = []
        var rest = bytes
        var allowed = Self.units[...]
        while !rest.isEmpty {
            let digits = rest.prefix(while: Byte.isDigit)
            rest = rest.dropFirst(digits.count)
            let name = String(decoding: rest.prefix { !Byte.isDigit($0) }, as: UTF8.self)
            rest = rest.dropFirst(name.utf8.count)
            guard !digits.isEmpty, let unit = allowed.firstIndex(where: { $0.name == name }) else { return nil }
            parts.append((String(decoding: digits, as: UTF8.self), Self.units[unit].milliseconds))
            allowed = Self.units[(unit + 1)...]
        }
        return parts.isEmpty ? nil : parts
    }

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Whether a duration's milliseconds are a number of 64 bits.
    static func isBoundedDuration(_ text: String) -> Bool {
        var total: Int64 = 0
        for (digits, milliseconds) in LiteralForm(bytes: Array(text.utf8)[...]).durationParts ?? [] {
            guard let count = Int64(digits) else { return false }
            let (product, overflows) = count.multipliedReportingOverflow(by: milliseconds)
            let (sum, sumOverflows) = total.addingReportingOverflow(product)
            if overflows || sumOverflows { return false }
            total = sum
        }
        return true
    }

    /// Digits, `/` and `s` or `m`.
    private var isRate: Bool {
        let digits = bytes.prefix(while: Byte.isDigit)
        let rest = Array(bytes.dropFirst(digits.count))
        return !digits.isEmpty && (rest == Array("/s".utf8) || rest == Array("/m".utf8))
    }

    /// Begins with `2026-11-20`, as far as the kinds of characters go, and ends there or goes on with `T`.
    private var looksLikeTime: Bool {
        let text = Array(bytes.prefix(11))
        guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return false }
        guard [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy({ Byte.isDigit(text[$0]) }) else { return false }
        return text.count == 10 || text[10] == UInt8(ascii: "T")
    }

    private var isTime: Bool {
        let text = Array(bytes)
        func number(_ start: Int, _ count: Int) -> Int? {
            guard start + count <= text.count else { return nil }
            return text[start..<start + count].reduce(0 as Int?) { value, byte in
                Byte.isDigit(byte) ? value.map { $0 * 10 + Int(byte - 0x30) } : nil
            }
        }
        guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2) else { return false }
        guard (1...12).contains(month), day >= 1, day <= Self.days(month, year) else { return false }
        guard text.count > 10 else { return true }
        guard text.count > 19, text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":") else { return false }
        guard let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2) else { return false }
        guard hour < 24, minute < 60, second < 60 else { return false }
        var rest = text[19...]
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix(while: Byte.isDigit)
            guard !digits.isEmpty, digits.count <= 9 else { return false }
            rest = rest.dropFirst(digits.count + 1)
        }
        return Array(rest) == Array("Z".utf8)
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
