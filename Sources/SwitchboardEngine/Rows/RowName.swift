import SwitchboardCore
import SwitchboardLanguage

/// What a row is called: its value of `--key`, else its own number; nil where it has neither.
struct RowName: Hashable, Sendable {
    private let key: FieldPath?
    private let value: String

    /// Such as `site=berlin-2`.
    var text: String { key.map { "\($0.description.dropFirst())=\(value)" } ?? value }

    init?(of row: Value, key: FieldPath?) throws {
        self.key = key
        guard let key else {
            guard let number = row.ownNumber else { return nil }
            value = number.text
            return
        }
        var named = row
        for step in key.steps { named = try Self.field(step.name, of: named) }
        guard let text = named.plainText, !named.isNothing else {
            throw SwitchboardError(.invalidArgument, "the key \(key) of a row is \(named.typeName)")
        }
        value = text
    }

    private static func field(_ name: String, of value: Value) throws -> Value {
        guard case .record(let record) = value, let found = record[name] else {
            throw SwitchboardError(.invalidArgument, "no field '\(name)' on \(value.typeName), which --key names")
        }
        return found
    }

    /// Throws `invalid_argument` where two rows have one name: what became of the one could not be told from the other;
    /// returns how many rows there are.
    ///
    /// Of each name 16 bytes are kept; rows that have these in common are read again and their names compared.
    @discardableResult
    static func requireDistinct(_ rows: any ItemSource, key: FieldPath?, in frame: Frame) throws -> Int {
        let unknownRows = frame.unknownRows
        defer { frame.unknownRows = unknownRows }
        let rows = rows.watched(by: frame)
        var (count, digests) = (0, NameDigests())
        try rows.forEach { row in
            count += 1
            if let name = try RowName(of: row, key: key) { digests.append(name.digest) }
            return true
        }
        let repeated = digests.repeated()
        if repeated.isEmpty { return count }
        var (index, seen) = (0, [RowName: Int]())
        try rows.forEach { row in
            defer { index += 1 }
            guard let name = try RowName(of: row, key: key), repeated.contains(name.digest) else { return true }
            guard let first = seen.updateValue(index, forKey: name) else { return true }
            throw SwitchboardError(
                .invalidArgument, "rows \(first + 1) and \(index + 1) are both \(name.text)",
                help: "each row needs a name of its own: --key .field, or no number twice")
        }
        return count
    }

    /// Equal for equal names, and hardly ever for others.
    private var digest: NameDigests.Digest {
        var high = Hasher()
        high.combine(value)
        var low = high
        low.combine(0)
        return UInt128(UInt64(bitPattern: Int64(high.finalize()))) << 64
            | UInt128(UInt64(bitPattern: Int64(low.finalize())))
    }
}

extension Value {
    /// The number in the field `e164` of a record; of a file without declared columns it is a text.
    var ownNumber: E164? {
        guard case .record(let record) = self else { return nil }
        switch record["e164"] {
        case .phone(let number)?: return number
        case .string(let text)?: return E164(text)
        default: return nil
        }
    }
}
