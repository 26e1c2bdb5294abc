import Glibc

/// A moment in microseconds since 1970, printed as RFC 3339 in UTC.
public struct SandboxTime: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public var microseconds: Int64

    /// Makes a moment.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// The present.
    public static func now() -> SandboxTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return SandboxTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 { (microseconds - (microseconds % 1_000_000 + 1_000_000) % 1_000_000) / 1_000_000 }

    /// The order of time.
    public static func < (left: SandboxTime, right: SandboxTime) -> Bool { left.microseconds < right.microseconds }

    /// The moment a number of seconds later.
    public func adding(seconds: Int64) -> SandboxTime { SandboxTime(microseconds: microseconds + seconds * 1_000_000) }

    /// The text, such as `2026-09-24T19:39:32.739773Z`.
    public var text: String {
        let fraction = microseconds - seconds * 1_000_000
        return Self.calendar(seconds) + "." + Self.padded(fraction, 6) + "Z"
    }

    /// The text in whole seconds, such as `2026-09-24T19:39:32Z`.
    public var iso8601: String { Self.calendar(seconds) + "Z" }

    /// The text as mails have it, such as `Thu, 24 Sep 2026 19:39:32 +0000`.
    public var rfc2822: String {
        let parts = Self.parts(seconds)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(days[Int(parts.tm_wday)]), \(Self.padded(Int64(parts.tm_mday), 2)) \(months[Int(parts.tm_mon)]) "
            + "\(parts.tm_year + 1900) \(Self.calendar(seconds).suffix(8)) +0000"
    }

    /// The date and time of a second since 1970, such as `2026-09-24T19:39:32`, without a zone.
    public static func calendar(_ seconds: Int64) -> String {
        let parts = parts(seconds)
        let date = [Int64(parts.tm_year) + 1900, Int64(parts.tm_mon) + 1, Int64(parts.tm_mday)]
        let day = [Int64(parts.tm_hour), Int64(parts.tm_min), Int64(parts.tm_sec)]
        return padded(date[0], 4) + "-" + date[1...].map { padded($0, 2) }.joined(separator: "-") + "T"
            + day.map { padded($0, 2) }.joined(separator: ":")
    }

    private static func parts(_ seconds: Int64) -> tm {
        var clock = time_t(seconds)
        var parts = tm()
        gmtime_r(&clock, &parts)
        return parts
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
