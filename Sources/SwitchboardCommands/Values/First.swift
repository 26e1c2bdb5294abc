import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Takes the first item, or the first N.
///
/// Of numbers for sale it claims what it takes.
public enum First: FoldingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "first", summary: "take the first item, or the first N",
        parameters: [Parameter("count", .positional, .int, help: "how many; without it one item, not a list")],
        input: .whole, output: .computed(taken),
        examples: [
            .init("[3 1 2] | first", "one item"), .init("[3 1 2] | first 2", "a list of up to two"),
            .init("search livekit --country-code US --area-code 415 | first", "claims the number for ten minutes"),
        ])

    static func taken(_ call: CallTypes) throws(TypeFault) -> ValueType {
        let item = try call.items()
        return call.given.contains("count") ? .list(item) : item
    }

    /// A count that is written outright is looked at before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? { ItemCount.fault(in: call) }

    /// Takes; on nothing, without a count, the error is `no_match`.
    public static func run(_ call: CommandCall) throws -> Value {
        let count = try ItemCount.of(call, "first")
        let taken = try Claims.take(call.items, count: count ?? 1, call.run)
        if count != nil { return .list(taken) }
        guard let first = taken.first else { throw Self.noMatch(call.items) }
        return first
    }

    /// Takes items until there are enough; of numbers for sale all, since others may have claimed the first.
    public static func fold(_ call: CommandCall) throws -> any ItemFold {
        Leading(call: call, count: try ItemCount.of(call, "first") ?? 1)
    }

    private struct Leading: ItemFold {
        let call: CommandCall
        let count: Int
        var items: [Value] = []
        var areForSale = true

        mutating func take(_ item: Value) throws -> Bool {
            items.append(item)
            areForSale = areForSale && item.availableNumber != nil
            return areForSale || items.count < count
        }

        func finish() throws -> Value {
            try First.run(CommandCall(arguments: call.arguments, input: .list(items), run: call.run))
        }
    }

    static func noMatch(_ items: [Value]) -> SwitchboardError {
        SwitchboardError(
            .noMatch, items.isEmpty ? "nothing was found" : "every number found is claimed by another run",
            help: items.isEmpty ? "widen the search or the filter" : "search again later, or for another area code")
    }
}
