/// A length of time as LiveKit's JSON has it: seconds with 0, 3, 6 or 9 fraction digits and an `s`.
struct WireDuration: Hashable, Sendable {
    /// Whole seconds and the rest, both of one sign.
    let duration: Duration

    /// Reads LiveKit's form, `30s`, `-1.5s`, and the words of this program, `1m30s`; nil for anything else and for more
    /// than 10,000 years, which LiveKit refuses.
    init?(_ text: String) {
        guard let duration = Self.seconds(text) ?? DurationText.parse(text),
            abs(duration.components.seconds) <= 315_576_000_000
        else { return nil }
        self.duration = duration
    }

    private static func seconds(_ text: String) -> Duration? {
        guard text.utf8.last == UInt8(ascii: "s") else { return nil }
        let isNegative = text.hasPrefix("-")
        let number = text.dropLast().dropFirst(isNegative ? 1 : 0)
        let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : "0"
        guard (parts + [fraction]).allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            fraction.utf8.count <= 9, let seconds = Int64(parts[0]),
            let nanoseconds = Int64(fraction + String(repeating: "0", count: 9 - fraction.utf8.count)),
            seconds <= 315_576_000_000
        else { return nil }
        let length = Duration.seconds(seconds) + .nanoseconds(nanoseconds)
        return isNegative ? .zero - length : length
    }

    /// The canonical text.
    var text: String {
        let (seconds, attoseconds) = duration.components
        let sign = duration < .zero ? "-" : ""
        let digits = String(attoseconds.magnitude / 1_000_000_000)
        var fraction = String(repeating: "0", count: 9 - digits.count) + digits
        while fraction.hasSuffix("000") { fraction.removeLast(3) }
        return "\(sign)\(seconds.magnitude)" + (fraction.isEmpty ? "" : ".\(fraction)") + "s"
    }
}
