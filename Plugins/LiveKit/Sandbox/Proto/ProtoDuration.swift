/// A length of time; the sign of both parts is the same.
struct ProtoDuration: Hashable, Sendable {
    private static let longest: Int64 = 315_576_000_000
    let seconds: Int64
    let nanoseconds: Int32

    /// Makes a duration; nil for one that has no text, as it is too long or its parts differ in sign.
    init?(seconds: Int64, nanoseconds: Int32) {
        guard (-Self.longest...Self.longest).contains(seconds), nanoseconds.magnitude < 1_000_000_000,
            seconds == 0 || nanoseconds == 0 || (seconds < 0) == (nanoseconds < 0)
        else { return nil }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The text, such as `30s` or `3600.500s`, with 0, 3, 6 or 9 digits of fraction.
    var text: String {
        let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
        return sign + String(seconds.magnitude) + ProtoFraction.text(nanoseconds.magnitude) + "s"
    }

    /// Reads `30s`, `1.5s` or `-.5s`; nil for anything else, a leading zero among it.
    init?(_ text: String) {
        guard text.hasSuffix("s") else { return nil }
        let isNegative = text.hasPrefix("-")
        let body = text.dropFirst(isNegative || text.hasPrefix("+") ? 1 : 0).dropLast()
        let whole = body.prefix { $0 != "." }
        let isPlain = whole.utf8.allSatisfy(\.isDigit) && (whole == "0" || !whole.hasPrefix("0"))
        guard !body.isEmpty, isPlain, whole.utf8.count <= 12, let seconds = whole.isEmpty ? 0 : Int64(whole),
            let nanoseconds = ProtoFraction.nanoseconds(body.dropFirst(whole.count))
        else { return nil }
        self.init(
            seconds: isNegative ? -seconds : seconds, nanoseconds: isNegative ? -nanoseconds : nanoseconds)
    }
}

/// The fraction of a second in the texts of durations and moments.
enum ProtoFraction {
    /// The digits with their point, in groups of three; nothing for a whole second.
    static func text(_ nanoseconds: UInt32) -> String {
        guard nanoseconds > 0 else { return "" }
        let digits = String(nanoseconds)
        var text = String(repeating: "0", count: 9 - digits.utf8.count) + digits
        while text.hasSuffix("000") { text.removeLast(3) }
        return "." + text
    }

    /// Reads a point and up to nine digits, or nothing at all.
    static func nanoseconds(_ text: Substring) -> Int32? {
        guard !text.isEmpty else { return 0 }
        let digits = text.dropFirst()
        guard text.hasPrefix("."), digits.utf8.count <= 9, digits.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int32(digits + String(repeating: "0", count: 9 - digits.utf8.count))
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII digit.
    var isDigit: Bool { (0x30...0x39).contains(self) }
}
