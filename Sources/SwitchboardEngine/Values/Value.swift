public import FoundationEssentials
public import SwitchboardCore
public import SwitchboardLanguage

/// A value of the language.
public enum Value: Sendable, Hashable {
    case nothing
    case bool(Bool)
    case int(Int64)
    case decimal(Decimal)
    /// Texts, paths, enum words and provider names.
    case string(String)
    case phone(E164)
    /// An id, or an agent's name in an agent slot.
    case id(String)
    case money(Money)
    case duration(Duration)
    case time(Date)
    case rate(Rate)
    case secret(Secret)
    case schema(RecordType)
    case fieldPath(FieldPath)
    case list([Value])
    case record(Record)

    /// Whether this is `nothing`.
    public var isNothing: Bool { if case .nothing = self { true } else { false } }
}

/// So many per so long.
public struct Rate: Hashable, Sendable {
    /// How many.
    public var count: Int
    /// The unit as written: `s`, `m` or `h`.
    public var unit: String

    /// Makes a rate.
    public init(count: Int, unit: String) {
        self.count = count
        self.unit = unit
    }
}

/// A record: names and values in order.
public struct Record: Sendable, Hashable {
    /// The name of the type, such as `number`; nil for one made in a script.
    public var typeName: String?
    /// The fields in order.
    public private(set) var fields: [Field]
    /// The other candidates of the search that this available number came from.
    public var candidates: CandidatePool?

    /// One field.
    public struct Field: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value.
        public var value: Value

        /// Makes a field.
        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// Makes a record; of two fields of one name the first counts.
    public init(_ typeName: String? = nil, _ fields: [Field]) {
        self.typeName = typeName
        self.fields = fields
    }

    /// The value of a field, or nil where there is none.
    public subscript(name: String) -> Value? { fields.first { $0.name == name }?.value }

    /// Equal when the fields are, in any order of search.
    public static func == (left: Record, right: Record) -> Bool { left.fields == right.fields }

    /// Hashes the fields.
    public func hash(into hasher: inout Hasher) { hasher.combine(fields) }
}
