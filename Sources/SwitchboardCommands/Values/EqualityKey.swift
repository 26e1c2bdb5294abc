import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// What tells values apart in `unique`, `group-by` and `diff`: two have one key when `==` says true of them, which it
/// does of `1` and `1.0`, of two spellings of one amount, and of nothing and nothing.
struct EqualityKey: Hashable {
    private let value: Value

    /// Makes the key of a value; throws `invalid_argument` for a secret, which is never compared.
    init(_ value: Value) throws { self.value = try Self.normal(value) }

    private static func normal(_ value: Value) throws -> Value {
        switch value {
        case .int: try value.converted(to: .decimal)
        case .id(let text): .string(text)
        case .list(let values): .list(try values.map(normal))
        case .record(let record): .record(Record(nil, try record.fields.map { .init($0.name, try normal($0.value)) }))
        case .secret: throw SwitchboardError(.invalidArgument, "a secret cannot be compared")
        default: value
        }
    }
}
