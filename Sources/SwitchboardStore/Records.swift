import FoundationEssentials

/// How whole things are written into a column: JSON with sorted keys, readable in the sqlite3 shell.
enum Records {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    static func decode<Value: Decodable>(_ type: Value.Type = Value.self, from bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(bytes))
    }
}

extension SQLValue {
    /// A moment, exactly as `Date` holds it.
    static func time(_ time: Date) -> SQLValue { .real(time.timeIntervalSinceReferenceDate) }

    /// A whole thing as JSON.
    static func record(_ value: some Encodable) throws -> SQLValue { .textBytes(try Records.encode(value)) }
}

extension SQLRow {
    /// The moment that `SQLValue.time` wrote.
    func time(_ column: Int32) -> Date { Date(timeIntervalSinceReferenceDate: real(column)) }

    /// The thing that `SQLValue.record` wrote.
    func record<Value: Decodable>(_ column: Int32, as type: Value.Type = Value.self) throws -> Value {
        try Records.decode(from: bytes(column))
    }
}
