import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Sorts items, by fields or by themselves.
public enum SortBy: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "sort-by", summary: "sort by fields; equal ones keep their order, nothing comes last",
        parameters: [
            Parameter("fields", .rest, .list(.fieldPath), help: "fields, such as .created_at; without one the items"),
            Parameter("desc", .toggle, .bool, help: "the largest first"),
        ],
        input: .whole, output: .computed(sorted),
        examples: [
            .init("[{a: 2} {a: 1}] | sort-by .a", "ascending"),
            .init("list | sort-by .created_at --desc", "newest first"),
            .init("[3 1 2] | sort-by", "[1 2 3]"),
        ])

    private static func sorted(_ call: CallTypes) throws(TypeFault) -> ValueType {
        let item = try call.items()
        for path in call.fieldPaths["fields"] ?? [] where !item.at(path).isOrdered {
            throw TypeFault("'\(path)' has no order: it is \(item.at(path).unwrapped.withArticle)", as: .wrongType)
        }
        if !call.given.contains("fields"), !item.isOrdered {
            throw TypeFault(
                "an item has no order: it is \(item.unwrapped.withArticle)",
                help: item.record == nil ? nil : "name a field of it, such as .name", as: .wrongType)
        }
        return call.input
    }

    /// Sorts.
    public static func run(_ call: CommandCall) throws -> Value {
        let paths = call.list("fields")?.compactMap(\.path) ?? [FieldPath([])]
        let isDescending = call.isSet("desc")
        let keyed = try call.items.map { item in (item, try paths.map { try item.at($0) }) }
        // A single item is compared with itself, so that one without an order is refused in a list of any length.
        for key in keyed.first?.1 ?? [] { _ = try Value.order(key, key) }
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
