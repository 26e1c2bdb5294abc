import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Gives a field of each record another name.
public enum Rename: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "rename", summary: "give a field of each record another name; it keeps its place",
        parameters: [
            Parameter("field", .positional, .fieldPath, isRequired: true, help: "the field, such as .e164"),
            Parameter("name", .positional, .string, isRequired: true, help: "its other name"),
        ],
        input: .eachItem, output: .computed(renamed),
        examples: [
            .init("{a: 1, b: 2} | rename .a c", "{c: 1, b: 2}"),
            .init("list | rename .e164 number | select .number .label", "a column of another name"),
        ])

    private static func renamed(_ call: CallTypes) throws(TypeFault) -> ValueType {
        if call.input == .nothing { throw TypeFault("nothing flows in", help: "put records and a | in front") }
        guard let old = call.fieldPaths["field"]?.first else { return .any }
        guard old.steps.count == 1 else {
            throw TypeFault("'\(old)' lies inside another field", help: "only a record's own fields are renamed")
        }
        guard var record = call.input.record else { return .any }
        record.name = nil
        if let name = call.texts["name"] {
            if let place = record.fields.firstIndex(where: { $0.name == old.name }) {
                if name != old.name, record.type(of: name) != nil { throw taken(name) }
                record.fields[place].name = name
            }
        } else {
            record.fields.removeAll { $0.name == old.name }
            record.isOpen = true
        }
        return call.input == call.input.unwrapped ? .record(record) : .optional(.record(record))
    }

    private static func taken(_ name: String) -> TypeFault {
        TypeFault("the record has a field '\(name)' already", help: "leave that out with select first", at: "name")
    }

    /// Renames; of nothing, nothing.
    public static func run(_ call: CommandCall) throws -> Value {
        if call.input.isNothing { return .nothing }
        guard case .record(let record) = call.input, let old = call["field"]?.path else {
            throw SwitchboardError(.invalidArgument, "rename needs records, and this is \(call.input.typeName)")
        }
        let name = try call.required("name")
        // Of a field that is missing, `at` says so.
        if record[old.name] == nil { _ = try call.input.at(old) }
        if name != old.name, record[name] != nil { throw taken(name).error }
        let fields = record.fields.map { Record.Field($0.name == old.name ? name : $0.name, $0.value) }
        return .record(Record(fields, at: record.place))
    }
}
