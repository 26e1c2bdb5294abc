/// Whether a text is a value of a type, by its form alone.
///
/// The host reads the value itself; this is what can be said without it.
enum Reading {
    static func fits(_ text: String, _ type: ValueType) -> Bool {
        switch type {
        case .bool: text == "true" || text == "false"
        case .nothing: text == "nothing"
        case .int: hasForm(text, .number) && Int64(text) != nil
        case .decimal: hasForm(text, .number) && text.utf8.count(where: Byte.isDigit) <= 34
        case .phone: hasForm(text, .phone)
        case .money: hasForm(text, .money)
        case .duration: hasForm(text, .duration)
        case .rate: hasForm(text, .rate)
        case .time: hasForm(text, .time)
        default: true
        }
    }

    private static func hasForm(_ text: String, _ kind: Token.Kind) -> Bool {
        LiteralForm.kind(Array(text.utf8)[...]) == kind
    }
}
