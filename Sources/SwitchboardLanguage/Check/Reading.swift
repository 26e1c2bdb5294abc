/// Whether a text is a value of a type, by its form and bounds alone.
///
/// The host reads the value itself; this is what can be said without it.
enum Reading {
    static func fits(_ text: String, _ type: ValueType) -> Bool {
        switch type {
        case .bool: text == "true" || text == "false"
        case .nothing: text == "nothing"
        case .int: hasForm(text, of: type) && Int64(text) != nil
        case .decimal: hasForm(text, of: type) && text.utf8.count(where: Byte.isDigit) <= 34
        case .money: hasForm(text, of: type) && Currency.codes.contains(String(text.suffix(3)))
        case .duration: hasForm(text, of: type) && LiteralForm.isBoundedDuration(text)
        case .rate: hasForm(text, of: type) && Int(text.dropLast(2)).map { $0 > 0 } ?? false
        case .phone, .time: hasForm(text, of: type)
        default: true
        }
    }

    /// Whether a text looks like a literal of the type, whatever its size.
    static func hasForm(_ text: String, of type: ValueType) -> Bool {
        let kind: Token.Kind? =
            switch type {
            case .int, .decimal: .number
            case .phone: .phone
            case .money: .money
            case .duration: .duration
            case .rate: .rate
            case .time: .time
            default: nil
            }
        return kind != nil && LiteralForm.kind(Array(text.utf8)[...]) == kind
    }
}
