import SwitchboardCore
import SwitchboardLanguage

/// What a row is called: its value of `--key`, else its own number; nil where it has neither.
struct RowName: Hashable, Sendable {
    /// Such as `site=berlin-2`.
    let text: String

    init?(of row: Value, key: FieldPath?) throws {
        if let key {
            var value = row
            for step in key.steps { value = try Self.field(step.name, of: value) }
            guard let text = value.plainText, !value.isNothing else {
                throw SwitchboardError(
                    .invalidArgument, "the key \(key) of a row is \(value.typeName)")
            }
            self.text = "\(key.description.dropFirst())=\(text)"
            return
        }
        guard let number = row.ownNumber else { return nil }
        text = number.text
    }

    private static func field(_ name: String, of value: Value) throws -> Value {
        guard case .record(let record) = value, let found = record[name] else {
            throw SwitchboardError(.invalidArgument, "no field '\(name)' on \(value.typeName), which --key names")
        }
        return found
    }

    /// The names of all rows, in order.
    ///
    /// Throws `invalid_argument` where two rows have one name: what became of the one could not be told from the other.
    static func all(of rows: [Value], key: FieldPath?) throws -> [RowName?] {
        let names = try rows.map { try RowName(of: $0, key: key) }
        var seen: [RowName: Int] = [:]
        for (index, name) in names.enumerated() {
            guard let name else { continue }
            if let first = seen.updateValue(index, forKey: name) {
                throw SwitchboardError(
                    .invalidArgument, "rows \(first + 1) and \(index + 1) are both \(name.text)",
                    help: "each row needs a name of its own: --key .field, or no number twice")
            }
        }
        return names
    }
}

extension Value {
    /// The number in the field `e164` of a record.
    var ownNumber: E164? {
        if case .record(let record) = self, case .phone(let number)? = record["e164"] { number } else { nil }
    }
}
