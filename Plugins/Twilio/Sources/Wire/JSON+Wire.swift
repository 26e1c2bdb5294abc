import SwitchboardCore

/// JSON read as Twilio writes it, where a missing field, `null` and an empty text are one.
extension JSON {
    /// The text of a field; nil where it is unset.
    func words(_ name: String) -> String? {
        guard let text = self[name]?.text, !text.isEmpty else { return nil }
        return text
    }

    /// Whether a field is true, in any case of its letters or as a truth value.
    func isTrue(_ name: String) -> Bool {
        switch self[name] {
        case .bool(let value)?: value
        case .string(let text)?: text.lowercased() == "true"
        default: false
        }
    }
}
