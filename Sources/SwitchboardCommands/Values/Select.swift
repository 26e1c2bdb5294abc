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
        guard let record = call.input.record else {
            // Of what is no record the checker says that it has no such field.
            if call.input != .nothing { return .any }
            throw TypeFault("nothing flows in", help: "put records and a | in front")
        }
        let fields = (call.fieldPaths["fields"] ?? []).map { path in
            RecordType.Field(path.last ?? "", record.type(at: path) ?? .any)
        }
        return .record(RecordType(fields: fields))
    }

    /// Selects.
    public static func run(_ call: CommandCall) throws -> Value {
        guard case .record(let record) = call.input else {
            throw SwitchboardError(.invalidArgument, "select needs records, and this is \(call.input.typeName)")
        }
        let paths = (call.list("fields") ?? []).compactMap(\.path)
        return .record(Record(nil, try paths.map { .init($0.last ?? "", try call.input.at($0, in: record)) }))
    }
}
