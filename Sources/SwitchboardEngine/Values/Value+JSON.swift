import FoundationEssentials
public import SwitchboardCore
import SwitchboardLanguage

extension Value {
    /// Reads a JSON value: a whole number of 64 bits as an int, another one as a decimal, an object as a record.
    ///
    /// Throws `invalid_argument` for a number of more than 34 digits and for a member that stands twice.
    public init(_ json: JSON) throws {
        switch json {
        case .null: self = .nothing
        case .bool(let flag): self = .bool(flag)
        case .string(let text): self = .string(text)
        case .number(let text): self = try Self.number(text)
        case .array(let elements): self = .list(try elements.map { try Value($0) })
        case .object(let members):
            let names = members.map(\.name)
            guard Set(names).count == names.count else {
                let twice = names.first { name in names.count { $0 == name } > 1 } ?? ""
                throw SwitchboardError(.invalidArgument, "'\(twice)' stands twice in one object")
            }
            self = .record(Record(nil, try members.map { .init($0.name, try Value($0.value)) }))
        }
    }

    private static func number(_ text: String) throws -> Value {
        if let whole = Int64(text) { return .int(whole) }
        let parts = text.split { $0 == "e" || $0 == "E" }
        guard parts.count == 2 else { return try read(text, as: .decimal) }
        guard let mantissa = ExactDecimal.parse(String(parts[0])), let exponent = Int(parts[1]),
            (-127...127).contains(exponent),
            let value = ExactDecimal.multiply(mantissa, Decimal(sign: .plus, exponent: exponent, significand: 1))
        else { throw SwitchboardError(.invalidArgument, "'\(text)' is out of range") }
        return .decimal(ScaledDecimal(value))
    }

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
