import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Keeps some fields of each record.
public enum Select: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "select", summary: "keep some fields of each record, in this order",
        parameters: [Parameter("fields", .rest, .list(.fieldPath), isRequired: true, help: "fields, such as .e164")],
        input: .eachItem, output: .computed(selected),
        examples: [
            .init("{a: 1, b: 2} | select .b", "a record with b"),
            .init("search livekit --country-code US --limit 3 | select .e164 .locality", "two columns"),
        ])

    private static func selected(_ call: CallTypes) throws(TypeFault) -> ValueType {
        let paths = call.fieldPaths["fields"] ?? []
        let names = paths.map(\.name)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw TypeFault("two of the fields are called '\(twice)'", help: "give one another name first: rename")
        }
        if call.input == .nothing { throw TypeFault("nothing flows in", help: "put records and a | in front") }
        // Of what is no record the checker says that it has no such field.
        guard call.input.record != nil else { return .any }
        let record = ValueType.record(RecordType(fields: paths.map { .init($0.name, call.input.unwrapped.at($0)) }))
        return call.input == call.input.unwrapped ? record : record.orNothing
    }

    /// Selects; of nothing, nothing.
    public static func run(_ call: CommandCall) throws -> Value {
        switch call.input {
        case .nothing: return .nothing
        case .record(let record):
            let paths = (call.list("fields") ?? []).compactMap(\.path)
            return .record(Record(try paths.map { .init($0.name, try call.input.at($0)) }, at: record.place))
        default: throw SwitchboardError(.invalidArgument, "select needs records, and this is \(call.input.typeName)")
        }
    }
}
