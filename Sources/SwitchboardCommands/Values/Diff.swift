import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Compares the rows that are wanted with those that are there.
public enum Diff: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "diff", summary: "compare rows that are wanted with rows that are there, in the fields that are wanted",
        parameters: [
            Parameter("want", .positional, .any, isRequired: true, help: "the rows as they ought to be"),
            Parameter("have", .positional, .any, isRequired: true, help: "the rows as they are"),
            Parameter("by", .flag, .fieldPath, isRequired: true, help: "the field that tells which row is which"),
        ],
        input: .none, output: .computed(DiffTypes.result),
        examples: [
            .init("diff [{id: 1, name: 'a'}] [{id: 1, name: 'b'}] --by .id", "one change: name is 'b' and not 'a'"),
            .init(
                "diff $want (list) --by .e164", "what to buy, to change and to give up",
                setUp: "let want = [{e164: +14155550100, label: 'desk'}]"),
        ])

    /// Compares: what is missing or changed in the order of WANT, then what is extra in the order of HAVE.
    public static func run(_ call: CommandCall) throws -> Value {
        guard let key = call["by"]?.path else { throw SwitchboardError(.invalidArgument, "diff needs --by") }
        let want = try KeyedRows(call["want"], "WANT", by: key)
        let have = try KeyedRows(call["have"], "HAVE", by: key)
        try want.checkComparable(with: have)
        var changes: [Value] = []
        for row in want.rows {
            if let other = have[row.key] {
                changes += try changedFields(row, other)
            } else {
                changes.append(change("missing", row.name, want: .record(row.record)))
            }
        }
        for row in have.rows where want[row.key] == nil {
            changes.append(change("extra", row.name, have: .record(row.record)))
        }
        return .list(changes)
    }

    private static func changedFields(_ want: KeyedRows.Row, _ have: KeyedRows.Row) throws -> [Value] {
        try want.record.fields.compactMap { field in
            let other = have.record[field.name] ?? .nothing
            if try isSame(field.value, other, field.name) { return nil }
            return change("changed", want.name, field: .string(field.name), want: field.value, have: other)
        }
    }

    /// An amount in another currency is another amount; a value of another kind is a mistake in how the rows were read.
    private static func isSame(_ want: Value, _ have: Value, _ field: String) throws -> Bool {
        if case .money(let one) = want, case .money(let other) = have { return one == other }
        do { return try Value.areEqual(want, have) } catch {
            throw SwitchboardError(
                .invalidArgument, "field '\(field)': \(SwitchboardError(wrapping: error).message)",
                help: DiffTypes.help)
        }
    }

    private static func change(
        _ change: String, _ key: Value, field: Value = .nothing, want: Value = .nothing, have: Value = .nothing
    ) -> Value {
        .record(
            Record(
                nil,
                [
                    .init("change", .string(change)), .init("key", key), .init("field", field), .init("want", want),
                    .init("have", have),
                ]))
    }
}

/// Rows by the value of one field.
private struct KeyedRows {
    struct Row {
        /// The key as it is compared.
        let key: EqualityKey
        /// The key as it is shown.
        let name: Value
        let record: Record
    }

    let rows: [Row]
    private let side: String
    private let places: [EqualityKey: Int]

    init(_ value: Value?, _ side: String, by path: FieldPath) throws {
        guard case .list(let values)? = value else {
            throw SwitchboardError(.invalidArgument, "\(side) is no list of records")
        }
        self.side = side
        rows = try values.map { value in
            guard case .record(let record) = value else {
                throw SwitchboardError(.invalidArgument, "\(side) holds \(value.typeName), which is no record")
            }
            let key = try value.at(path)
            if key.isNothing { throw SwitchboardError(.invalidArgument, "a row of \(side) has no \(path)") }
            return Row(key: try EqualityKey(key), name: key, record: record)
        }
        places = try Dictionary(zip(rows.map(\.key), rows.indices)) { [rows] place, _ in
            let key = rows[place].name.spokenText
            throw SwitchboardError(.invalidArgument, "two rows of \(side) have \(path) \(key)")
        }
    }

    subscript(key: EqualityKey) -> Row? { places[key].map { rows[$0] } }

    /// Keys of two kinds would never meet, and every row would be missing or extra.
    func checkComparable(with other: KeyedRows) throws {
        guard let first = other.rows.first else { return }
        for row in rows {
            do { _ = try Value.areEqual(row.name, first.name) } catch {
                throw SwitchboardError(
                    .invalidArgument, "the keys: \(SwitchboardError(wrapping: error).message)", help: DiffTypes.help)
            }
        }
    }
}
