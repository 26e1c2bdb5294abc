import SwitchboardSandbox

/// A moment to the nanosecond, from the year 1 to the year 9999.
struct ProtoTimestamp: Hashable, Sendable {
    private static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
    /// Whole seconds since 1970, rounded down.
    let seconds: Int64
    let nanoseconds: Int32

    /// Makes a moment; nil for one that has no text.
    init?(seconds: Int64, nanoseconds: Int32) {
        guard Self.range.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else { return nil }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The moment of a clock.
    init(_ time: SandboxTime) {
        seconds = time.seconds
        nanoseconds = Int32(time.microseconds - time.seconds * 1_000_000) * 1000
    }

    /// The text in UTC, such as `2026-09-24T19:39:32.739773Z`, with 0, 3, 6 or 9 digits of fraction.
    var text: String {
        SandboxTime.calendar(seconds) + ProtoFraction.text(nanoseconds.magnitude) + "Z"
    }

    /// Reads RFC 3339 with `Z` or an offset and up to nine digits of fraction; nil for anything else.
    init?(_ text: String) {
        let pattern = /(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(?:Z|([+-])(\d\d):(\d\d))/
            .asciiOnlyDigits()
        guard let match = text.wholeMatch(of: pattern)?.output,
            let day = Self.days(year: Int64(match.1), month: Int64(match.2), day: Int64(match.3)),
            let clock = Self.seconds(hour: Int64(match.4), minute: Int64(match.5), second: Int64(match.6)),
            let nanoseconds = ProtoFraction.nanoseconds(match.7 ?? ""),
            let ahead = Self.seconds(hour: Int64(match.9 ?? "0"), minute: Int64(match.10 ?? "0"), second: 0)
        else { return nil }
        let offset = match.8 == "-" ? -ahead : ahead
        self.init(seconds: day * 86400 + clock - offset, nanoseconds: nanoseconds)
    }

    private static func seconds(hour: Int64?, minute: Int64?, second: Int64?) -> Int64? {
        guard let hour, let minute, let second, hour < 24, minute < 60, second < 60 else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// The days from 1970-01-01 to a date; nil for one that the Gregorian calendar does not have.
    private static func days(year: Int64?, month: Int64?, day: Int64?) -> Int64? {
        guard let year, let month, let day, (1...12).contains(month) else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[Int(month) - 1]).contains(day) else { return nil }
        let before = year - 1
        let leapDays = before / 4 - before / 100 + before / 400
        return before * 365 + leapDays + lengths.prefix(Int(month) - 1).reduce(0, +) + day - 1 - 719_162
    }
}
