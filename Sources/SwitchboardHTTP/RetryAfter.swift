import FoundationEssentials
import SwitchboardCore

/// Reads how long a server asks to wait (RFC 9110, 10.2.3).
enum RetryAfter {
    /// The wait that an answer asks for, counted from `now`; nil where it asks for none or cannot be read.
    static func wait(asked answer: HTTPAnswer, now: Date) -> Duration? {
        guard let text = answer.header("Retry-After") else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            // More digits than an Int holds: longer than anybody waits.
            return .seconds(min(Int(text) ?? Int.max, 1 << 31))
        }
        guard let date = HTTPDate.parse(text) else { return nil }
        let seconds = min(max(0, date.timeIntervalSince(now)), Double(1 << 31))
        return .milliseconds(Int((seconds * 1000).rounded(.up)))
    }
}

/// The date form of HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads a date; nil where the text is of another form or names no such day or time.
    static func parse(_ text: String) -> Date? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", words[0].count == 4, words[0].hasSuffix(","),
            let day = number(words[1], digits: 2), let month = months.firstIndex(of: String(words[2])),
            let year = number(words[3], digits: 4), let time = seconds(words[4])
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = DateComponents(year: year, month: month + 1, day: day)
        guard let midnight = calendar.date(from: parts), calendar.component(.day, from: midnight) == day else {
            return nil
        }
        return midnight.addingTimeInterval(Double(time))
    }

    private static func seconds(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = number(parts[0], digits: 2), let minute = number(parts[1], digits: 2),
            let second = number(parts[2], digits: 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return Int(text)
    }
}
