import SwitchboardCore

extension Value {
    /// The value as JSON text on one line; decimals and amounts stay exact, the latter as text.
    public var json: String {
        var text = ""
        write(into: &text)
        return text
    }

    private func write(into text: inout String) {
        switch self {
        case .nothing: text += "null"
        case .bool, .int, .decimal: text += plainText ?? "null"
        case .list(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(into: &text)
            }
            text += "]"
        case .record(let record):
            text += "{"
            for (index, field) in record.fields.enumerated() {
                if index > 0 { text += "," }
                Value.quote(field.name, into: &text)
                text += ":"
                field.value.write(into: &text)
            }
            text += "}"
        default: Value.quote(plainText ?? literalText, into: &text)
        }
    }

    private static let hexDigits = Array("0123456789abcdef")

    private static func quote(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                text += "\\u00"
                text.append(hexDigits[Int(scalar.value >> 4)])
                text.append(hexDigits[Int(scalar.value & 15)])
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
