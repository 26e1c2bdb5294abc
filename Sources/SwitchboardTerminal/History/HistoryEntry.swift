import Glibc

/// A statement that was entered, as one line of the history file has it.
///
/// A second line of the same id, without a text, tells how it ended.
public struct HistoryEntry: Sendable, Hashable {
    /// What the lines of one statement have in common.
    public var id: String
    /// The whole statement; empty in a line that only tells how one ended.
    public var text: String
    /// When it was entered, in seconds since 1970.
    public var time: Int
    /// The profile that it was entered in.
    public var profile: String
    /// The exit status; nil as long as it is not known.
    public var exit: Int?
    /// How many milliseconds it took.
    public var milliseconds: Int?
    /// The id of its run, where it had one.
    public var run: String?

    /// Makes a statement that is about to run, at this time unless another is given.
    public init(text: String, profile: String, time: Int? = nil) {
        id = String(UInt64.random(in: .min ... .max), radix: 36)
        (self.text, self.time, self.profile) = (text, time ?? Glibc.time(nil), profile)
    }

    /// Makes the line that tells how a statement ended.
    public init(endOf id: String, exit: Int, milliseconds: Int, run: String? = nil) {
        (self.id, text, time, profile) = (id, "", 0, "")
        (self.exit, self.milliseconds, self.run) = (exit, milliseconds, run)
    }

    /// Takes over what a later line of the same id tells.
    mutating func take(_ later: HistoryEntry) {
        exit = later.exit ?? exit
        milliseconds = later.milliseconds ?? milliseconds
        run = later.run ?? run
    }

    /// When and where it was entered, in the time of the user: `2026-11-22 08:15 acme-prod`.
    public var remark: String {
        var (seconds, parts) = (time_t(time), tm())
        localtime_r(&seconds, &parts)
        return HistoryTime.text(parts, "%Y-%m-%d %H:%M") + " " + profile
    }
}

/// The times in the history file, RFC 3339 in UTC.
enum HistoryTime {
    static func text(_ time: Int) -> String {
        var (seconds, parts) = (time_t(time), tm())
        gmtime_r(&seconds, &parts)
        return text(parts, "%Y-%m-%dT%H:%M:%SZ")
    }

    static func text(_ parts: tm, _ format: String) -> String {
        var (parts, buffer) = (parts, [CChar](repeating: 0, count: 64))
        let count = strftime(&buffer, buffer.count, format, &parts)
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// nil for a text of another form.
    static func seconds(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[19] == UInt8(ascii: "Z") else { return nil }
        func number(_ start: Int, _ count: Int) -> Int32? {
            Int32(String(decoding: bytes[start..<start + count], as: UTF8.self))
        }
        guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
            let minute = number(14, 2), let second = number(17, 2)
        else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (year - 1900, month - 1, day)
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (hour, minute, second)
        return timegm(&parts)
    }
}
