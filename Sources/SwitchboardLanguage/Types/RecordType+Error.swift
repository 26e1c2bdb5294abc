extension RecordType {
    /// The record that `catch` names: what went wrong, and where.
    public static let error = RecordType(
        name: "error",
        fields: [
            .init("code", .string), .init("message", .string), .init("provider", .optional(.string)),
            .init("status", .optional(.int)), .init("retryable", .bool), .init("attempts", .int),
            .init("fields", .record(RecordType(fields: [], isOpen: true))), .init("span", .string),
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
