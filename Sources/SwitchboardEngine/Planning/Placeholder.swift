public import SwitchboardLanguage

/// What stands in a plan for a value that only the run knows, such as the id of a number that is yet to be bought.
///
/// No run makes one, so none ever reaches the door or a provider.
public struct Placeholder: Hashable, Sendable {
    /// How it is shown.
    public static let text = "(known after run)"

    /// What it will be.
    public var type: ValueType
    /// The name by which the plan's copy of the workspace knows it, where it is the id of something that the plan makes.
    var name: String?

    /// Makes a placeholder.
    public init(_ type: ValueType) { self.type = type }

    init(_ type: ValueType, named name: String) {
        self.type = type
        self.name = name
    }

    /// The field of a record that is known only after the run.
    func field(_ name: String) -> Placeholder {
        Placeholder(type.record?.fields.first { $0.name == name }?.type ?? .any)
    }

    /// One item of a list that is known only after the run.
    var item: Placeholder { Placeholder(type.unwrapped.element ?? .any) }
}

extension Value {
    /// Whether this is known only after the run.
    @inline(__always) var isUnknown: Bool { if case .unknown = self { true } else { false } }

    /// Whether nobody can tell yet what this means: a placeholder, but for the id of something that the plan makes.
    var isOpen: Bool { if case .unknown(let placeholder) = self { placeholder.name == nil } else { false } }

    /// Whether something in it is open.
    var holdsOpen: Bool {
        switch self {
        case .unknown: isOpen
        case .list(let values): values.contains { $0.holdsOpen }
        case .record(let record): record.fields.contains { $0.value.holdsOpen }
        default: false
        }
    }
}
