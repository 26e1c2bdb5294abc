public import FoundationEssentials
public import SwitchboardCore
public import SwitchboardLanguage

/// A value of the language.
///
/// Small enough to be handed around by value: whatever is larger than a text is kept apart.
public enum Value: Sendable, Hashable {
    case nothing
    case bool(Bool)
    case int(Int64)
    indirect case decimal(ScaledDecimal)
    /// Texts, paths, enum words and provider names.
    case string(String)
    case phone(E164)
    /// An id, or an agent's name in an agent slot.
    case id(String)
    indirect case money(Money)
    indirect case duration(Duration)
    case time(Date)
    indirect case rate(Rate)
    case secret(Secret)
    indirect case schema(RecordType)
    case fieldPath(FieldPath)
    case list([Value])
    case record(Record)
    /// What a plan cannot know yet; no run has one.
    indirect case unknown(Placeholder)

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
