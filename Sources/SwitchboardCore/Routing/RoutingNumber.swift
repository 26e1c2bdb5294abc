/// Phone numbers as trunks and dispatch rules hold them.
enum RoutingNumber {
    /// The form in which LiveKit compares the numbers of trunks (contract section 4.4).
    ///
    /// A text of digits, blanks, dashes and brackets, with or without a `+`, becomes `+` and the digits; any other text
    /// stays as it is.
    static func compared(_ text: String) -> String {
        let body = text.hasPrefix("+") ? text.dropFirst() : text[...]
        let digits = body.utf8.filter { (0x30...0x39).contains($0) }
        guard !digits.isEmpty, body.utf8.allSatisfy({ (0x30...0x39).contains($0) || " -()".utf8.contains($0) }) else {
            return text
        }
        return "+" + String(decoding: digits, as: UTF8.self)
    }

    /// The number in E.164, where the text can mean only one: it has a `+`, or the digits are too many for a number
    /// without its calling code and make a valid number with it; nil for any other text.
    static func e164(_ text: String) -> E164? {
        guard let number = E164(compared(text)) else { return nil }
        return text.hasPrefix("+") || number.text.utf8.count >= 12 && number.isValid ? number : nil
    }

    /// The texts in E.164 where they can be read as such, others as they are.
    static func normalized(_ texts: [String]) -> [String] { texts.map { e164($0)?.text ?? $0 } }

    /// The faults of a list of numbers: texts that are not in E.164, and numbers that come twice.
    static func faults(_ texts: [String], _ field: String, wildcard: Bool = false) -> [RoutingFault] {
        let wrong = texts.filter { E164($0) == nil && !(wildcard && $0 == "*") }
        return wrong.map { notE164($0, field) } + RoutingFault.repeated(texts.map(compared), field)
    }

    private static func notE164(_ text: String, _ field: String) -> RoutingFault {
        let help =
            e164(text).map { "write \($0)" }
            ?? "write it with '+' and the calling code, as in +14155550100; calls arrive under that form"
        return RoutingFault(
            field: field, "\(field) holds '\(RoutingText.shown(text))', which is not in E.164", help: help)
    }
}
