import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Sorts records by fields.
public enum SortBy: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "sort-by", summary: "sort records by fields; equal ones keep their order, nothing comes last",
        parameters: [
            Parameter("fields", .rest, .list(.fieldPath), isRequired: true, help: "fields, such as .created_at"),
            Parameter("desc", .toggle, .bool, help: "the largest first"),
        ],
        input: .whole, output: .computed(sorted),
        examples: [
            .init("[{a: 2} {a: 1}] | sort-by .a", "ascending"),
            .init("list | sort-by .created_at --desc", "newest first"),
        ])

    private static func sorted(_ call: CallTypes) throws(TypeFault) -> ValueType {
        _ = try call.items()
        return call.input
    }

    /// Sorts.
    public static func run(_ call: CommandCall) throws -> Value {
        let paths = (call.list("fields") ?? []).compactMap(\.path)
        let isDescending = call.isSet("desc")
        let keyed = try call.items.map { item in (item, try paths.map { try item.at($0) }) }
        let sorted = try keyed.enumerated().sorted { left, right in
            for (one, other) in zip(left.element.1, right.element.1) {
                if one.isNothing != other.isNothing { return other.isNothing }
                let order = try Value.order(one, other)
                if order != 0 { return isDescending ? order > 0 : order < 0 }
            }
            return left.offset < right.offset
        }
        return .list(sorted.map(\.element.0))
    }
}
