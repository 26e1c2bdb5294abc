/// What the reference says of a type that the language has by itself.
public struct TypePage: Hashable, Sendable {
    /// The name, as scripts write it.
    public var name: String
    /// One sentence that begins in lower case and has no final period.
    public var summary: String
    /// Values as they are written.
    public var literals: [String]
    /// What its values can do: expressions with what `print` shows of them; tests execute them.
    public var operations: [Operation]
    /// Rules, in sentences.
    public var rules: [String]

    /// An expression and its printed value.
    public struct Operation: Hashable, Sendable {
        /// The expression.
        public var expression: String
        /// Its value, as printed.
        public var result: String
    }

    init(
        _ name: String, _ summary: String, literals: [String] = [], operations: KeyValuePairs<String, String> = [:],
        rules: [String] = []
    ) {
        self.name = name
        self.summary = summary
        self.literals = literals
        self.operations = operations.map { Operation(expression: $0.key, result: $0.value) }
        self.rules = rules
    }
}

extension ValueType {
    /// The types that a script can write by one word; records and what is made of other types apart.
    static let simple: [String: ValueType] = [
        "any": .any, "nothing": .nothing, "bool": .bool, "int": .int, "decimal": .decimal, "string": .string,
        "phone": .phone, "money": .money, "duration": .duration, "time": .time, "rate": .rate, "secret": .secret,
        "path": .path, "provider": .provider, "id": .id(nil), "agent": .id("agent"),
    ]

    /// One type of each form, in the order of the reference.
    public static let forms: [ValueType] = [
        .nothing, .bool, .int, .decimal, .string, .phone, .id(nil), .money, .duration, .time, .rate, .secret, .path,
        .provider, .list(.any), .record(RecordType(fields: [])), .optional(.any), .any, .choice([]), .either([]),
        .fieldPath, .schema,
    ]
}
