import SwitchboardCore
import SwitchboardLanguage

extension Value {
    /// The text of a value that is one: what a string, a cell or a message shows; nil for lists, records and secrets.
    public var plainText: String? {
        switch self {
        case .nothing: ""
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .decimal(let value): value.description
        case .string(let value), .id(let value): value
        case .phone(let value): value.text
        case .money(let value): value.description
        case .duration(let value): DurationText.text(value)
        case .time(let value): Timestamp.text(value)
        case .rate(let value): "\(value.count)/\(value.unit)"
        case .fieldPath(let path): path.description
        case .unknown(let placeholder): placeholder.name ?? Placeholder.text
        case .secret, .schema, .list, .record: nil
        }
    }

    /// The text in a table's or a CSV file's cell: a list of plain values is joined by blanks.
    public var cellText: String {
        switch self {
        case .list(let values) where values.allSatisfy({ $0.plainText != nil }):
            values.compactMap(\.plainText).joined(separator: " ")
        default: plainText ?? literalText
        }
    }

    /// The text inside a string and of `print`: texts as they are, everything else as a literal.
    public var spokenText: String {
        switch self {
        case .nothing: "nothing"
        default: plainText ?? literalText
        }
    }

    /// The form in which a script would write the value.
    public var literalText: String {
        switch self {
        case .nothing: "nothing"
        case .unknown: Placeholder.text
        case .string(let text): Self.quoted(text)
        case .secret(let secret): secret.description
        case .schema(let type): "{" + type.fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ") + "}"
        case .list(let values): "[" + values.map(\.literalText).joined(separator: " ") + "]"
        case .record(let record):
            record.fields.isEmpty
                ? "{:}"
                : "{" + record.fields.map { Self.key($0.name) + ": " + $0.value.literalText }.joined(separator: ", ")
                    + "}"
        default: plainText ?? ""
        }
    }

    /// Raw quotes where they can hold the text; they know no escape.
    private static func quoted(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 == "'" || $0.value < 0x20 }) else { return "'\(text)'" }
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\", "$": out += "\\\(scalar)"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20: out += "\\u{\(String(scalar.value, radix: 16))}"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }

    /// A field's name, in quotes where it is not a plain one.
    private static func key(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy {
            $0 == 0x5F || (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
        }
        let startsWell = name.utf8.first.map { (0x61...0x7A).contains($0 | 0x20) } ?? false
        return isPlain && startsWell ? name : quoted(name)
    }

    /// The literal form, cut for messages.
    var shortText: String {
        let text = literalText
        return text.count > 60 ? text.prefix(59) + "…" : text
    }
}
