extension RecordType {
    /// The record that `catch` names: what went wrong, and where.
    public static let error = RecordType(
        name: "error", summary: "what went wrong, as catch names it",
        fields: [
            .init("code", .string, "a name for programs, such as no_match"),
            .init("message", .string, "one sentence for people"),
            .init("provider", .optional(.string), "the provider that refused or failed"),
            .init("status", .optional(.int), "the HTTP status of its last answer"),
            .init("retryable", .bool, "whether the same call may succeed later"),
            .init("attempts", .int, "how often the provider was asked"),
            .init("fields", .record(RecordType(fields: [], isOpen: true)), "faults of single fields, by their names"),
            .init("span", .string, "where in the script, as FILE:LINE:COLUMN"),
        ])
}

extension ValueType {
    /// The records with a name that the type speaks of.
    var namedRecords: [RecordType] {
        switch self {
        case .record(let record): record.name == nil ? [] : [record]
        case .list(let inner), .optional(let inner): inner.namedRecords
        case .either(let types): types.flatMap(\.namedRecords)
        default: []
        }
    }
}
