public import FoundationEssentials

/// The text form of points in time, RFC 3339: `2026-11-20T08:00:00Z`.
public enum Timestamp {
    /// Reads a time with `Z` or an offset and up to 9 fraction digits, or a date alone, which is its midnight in UTC.
    ///
    /// Nil for any other text, for a day that the month does not have, and for a time that the day does not have; a leap
    /// second is none.
    public static func parse(_ text: String) -> Date? {
        var reader = TimestampReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), CivilDay.exists(year, month, day)
        else { return nil }
        var seconds = CivilDay.number(year, month, day) * 86_400
        var fraction = 0.0
        if !reader.isAtEnd {
            guard reader.take("T"), let time = reader.time(), let part = reader.fraction(), let offset = reader.offset()
            else { return nil }
            seconds += time - offset
            fraction = part
        }
        guard reader.isAtEnd, printable.contains(Double(seconds)) else { return nil }
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    /// Writes the time in UTC with `Z`, with three fraction digits where it does not fall on a second.
    ///
    /// A time before the year 0 or after 9999 is written as the nearest one that has a text.
    public static func text(_ time: Date) -> String {
        let seconds = min(max(time.timeIntervalSince1970, printable.lowerBound), printable.upperBound - 0.001)
        let milliseconds = min(Int((seconds * 1000).rounded()), Int(printable.upperBound) * 1000 - 1)
        let day = floorDivide(milliseconds, 86_400_000)
        let (year, month, dayOfMonth) = CivilDay.date(day)
        let rest = milliseconds - day * 86_400_000
        var out = "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))T"
        out += "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1000 % 60, 2))"
        if rest % 1000 != 0 { out += ".\(padded(rest % 1000, 3))" }
        return out + "Z"
    }

    /// The years 0 to 9999 in seconds since 1970.
    private static let printable = -62_167_219_200.0..<253_402_300_800.0

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
}

/// Days counted from 1970-01-01, by the Gregorian calendar.
private enum CivilDay {
    static func exists(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        guard (1...12).contains(month) else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        return (1...days).contains(day)
    }

    /// Counts years from March on, so that the leap day is the last of its year.
    static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func date(_ number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

private func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : (value + 1) / divisor - 1
}

/// Reads the pieces of a timestamp from left to right.
private struct TimestampReader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { at == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    /// Exactly so many digits.
    mutating func number(_ width: Int) -> Int? {
        guard at + width <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[at..<at + width] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        at += width
        return value
    }

    /// `08:00:00` in seconds.
    mutating func time() -> Int? {
        guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60, take(":"),
            let second = number(2), second < 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// `.250`, or nothing, in seconds.
    mutating func fraction() -> Double? {
        guard take(".") else { return 0 }
        var value = 0.0
        var unit = 1.0
        var count = 0
        while let digit = number(1) {
            value = value * 10 + Double(digit)
            unit *= 10
            count += 1
        }
        return (1...9).contains(count) ? value / unit : nil
    }

    /// `Z`, `+01:00` or `-05:30` in seconds.
    mutating func offset() -> Int? {
        if take("Z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60 else {
            return nil
        }
        return sign * (hour * 3600 + minute * 60)
    }
}
