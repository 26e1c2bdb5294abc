/// The type of a value, as far as it is known before the run.
public indirect enum ValueType: Hashable, Sendable, Codable {
    /// Not known before the run.
    case any
    case nothing, bool, int, decimal, string, phone, money, duration, time, rate, secret, path, provider, schema
    /// An id of a kind; nil for any kind.
    case id(String?)
    /// One of these words.
    case choice([String])
    /// A value of the first of these types that fits.
    case either([ValueType])
    /// A field path such as `.locality`, taken as it is written and not evaluated.
    case fieldPath
    case list(ValueType)
    case record(RecordType)
    /// The type or `nothing`.
    case optional(ValueType)

    /// The type without `?`.
    public var unwrapped: ValueType { if case .optional(let inner) = self { inner.unwrapped } else { self } }

    /// The type of one item where this is a list, else nil.
    public var element: ValueType? { if case .list(let element) = self { element } else { nil } }

    /// Whether a value of the type may be a secret.
    public var takesSecret: Bool { mentions(.secret) }

    /// The record's fields where this is a record, else nil.
    public var record: RecordType? { if case .record(let record) = unwrapped { record } else { nil } }

    /// Whether the type stands in this one: is it, or what a list of it holds, or one of those that may be given.
    public func mentions(_ type: ValueType) -> Bool { mentions { $0 == type } }

    /// Whether such a type is this one, or what a list of it holds, or one of those that may be given.
    public func mentions(where isMeant: (ValueType) -> Bool) -> Bool {
        if isMeant(self) { return true }
        return switch self {
        case .list(let inner), .optional(let inner): inner.mentions(where: isMeant)
        case .either(let types): types.contains { $0.mentions(where: isMeant) }
        default: false
        }
    }

    /// The type that may also be nothing; of `any`, `any`.
    public var orNothing: ValueType {
        switch self {
        case .any, .nothing, .optional: self
        default: .optional(self)
        }
    }
}

extension ValueType: CustomStringConvertible {
    /// The type as it is written in a script, a named record by its name.
    public var description: String {
        switch self {
        case .any: "any"
        case .nothing: "nothing"
        case .bool: "bool"
        case .int: "int"
        case .decimal: "decimal"
        case .string: "string"
        case .phone: "phone"
        case .money: "money"
        case .duration: "duration"
        case .time: "time"
        case .rate: "rate"
        case .secret: "secret"
        case .path: "path"
        case .provider: "provider"
        case .schema: "schema"
        case .id(let kind): kind.map { "id<\($0)>" } ?? "id"
        case .choice(let words): words.joined(separator: "|")
        case .either(let types): types.map(\.description).joined(separator: " or ")
        case .fieldPath: "field"
        case .list(let element): "list<\(element)>"
        case .record(let record): record.name ?? "record"
        case .optional(let inner): "\(inner)?"
        }
    }
}

extension ValueType {
    /// The type as a sentence names one of its values: `an int`, `a phone`.
    public var withArticle: String {
        if unwrapped == .money { return "an amount of money" }
        return "aeiou".contains(description.first ?? "x") ? "an \(self)" : "a \(self)"
    }
}

/// The fields of a record.
public struct RecordType: Hashable, Sendable, Codable {
    /// The name of a record that commands return, such as `available-number`; nil for one made in a script.
    public var name: String?
    /// What it describes, in a few words; empty for one made in a script.
    public var summary: String
    /// The fields in the order they are shown.
    public var fields: [Field]
    /// Whether further fields may be there that are not known before the run.
    public var isOpen: Bool
    /// Whether fields that bind to no parameter are carried along instead of being a fault, as declared columns are.
    public var carriesUnbound: Bool

    /// One field.
    public struct Field: Hashable, Sendable, Codable {
        /// The name.
        public var name: String
        /// The type.
        public var type: ValueType
        /// What it tells, in a few words; empty for a field that a script made.
        public var help: String

        /// Makes a field.
        public init(_ name: String, _ type: ValueType, _ help: String = "") {
            self.name = name
            self.type = type
            self.help = help
        }

        /// Equal by name and type: what is said of a field makes it no other one.
        public static func == (left: Field, right: Field) -> Bool {
            left.name == right.name && left.type == right.type
        }

        /// Hashes the name and the type.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            hasher.combine(type)
        }
    }

    /// Makes a record type.
    public init(
        name: String? = nil, summary: String = "", fields: [Field], isOpen: Bool = false, carriesUnbound: Bool = false
    ) {
        self.name = name
        self.summary = summary
        self.fields = fields
        self.isOpen = isOpen
        self.carriesUnbound = carriesUnbound
    }

    /// The type of a field, where it is declared.
    public func type(of field: String) -> ValueType? { fields.first { $0.name == field }?.type }
}
