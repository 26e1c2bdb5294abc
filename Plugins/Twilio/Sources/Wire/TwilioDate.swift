import FoundationEssentials

/// A time on the wire: the core API writes RFC 2822, the trunking API ISO 8601, and either may do the other.
struct TwilioDate: Hashable, Sendable {
    /// What Twilio wrote.
    let text: String

    /// The time; nil where the text is of neither form.
    var date: Date? { Self.iso8601(text) ?? Self.rfc2822(text) }

    private static func iso8601(_ text: String) -> Date? {
        // Fractions of a second are cut off.
        guard let dot = text.firstIndex(of: ".") else { return try? Date(text, strategy: .iso8601) }
        let rest = text[dot...].dropFirst().drop { $0.isASCII && $0.isNumber }
        return try? Date(text[..<dot] + rest, strategy: .iso8601)
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// `Thu, 30 Jul 2026 23:19:04 +0000`; the day of the week may be missing.
    private static func rfc2822(_ text: String) -> Date? {
        var words = text.split(separator: " ")
        if words.first?.hasSuffix(",") == true { words.removeFirst() }
        guard words.count == 5, let day = Int(words[0]), (1...31).contains(day),
            let month = months.firstIndex(of: words[1].lowercased()), words[2].count == 4,
            let zone = zone(words[4])
        else { return nil }
        return iso8601("\(words[2])-\(twoDigits(month + 1))-\(twoDigits(day))T\(words[3])\(zone)")
    }

    /// `+0000`, or a name for it, as ISO 8601 has it.
    private static func zone(_ text: Substring) -> String? {
        if ["GMT", "UT", "UTC", "Z"].contains(text) || text == "+0000" || text == "-0000" { return "Z" }
        guard text.count == 5, text.first == "+" || text.first == "-", text.dropFirst().allSatisfy(\.isNumber) else {
            return nil
        }
        return "\(text.prefix(3)):\(text.suffix(2))"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
