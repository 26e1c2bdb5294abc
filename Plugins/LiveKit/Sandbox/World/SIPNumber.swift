/// How LiveKit compares the numbers of trunks and rules (contract section 4.4).
enum SIPNumber {
    /// A number without punctuation and with a plus; any other text as it is.
    static func normalized(_ text: String) -> String {
        let body = text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard !body.isEmpty, body.allSatisfy({ "0123456789 -()".contains($0) }) else { return text }
        return "+" + body.filter(\.isNumber)
    }
}
