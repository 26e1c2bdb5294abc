import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Takes the last item, or the last N.
public enum Last: FoldingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "last", summary: "take the last item, or the last N",
        parameters: [Parameter("count", .positional, .int, help: "how many; without it one item, not a list")],
        input: .whole, output: .computed(First.taken), examples: [.init("[3 1 2] | last", "one item")])

    /// A count that is written outright is looked at before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? { ItemCount.fault(in: call) }

    /// Takes; on nothing, without a count, the error is `no_match`.
    public static func fold(_ call: CommandCall) throws -> any ItemFold {
        Trailing(count: try ItemCount.of(call, "last"))
    }

    private struct Trailing: ItemFold {
        let count: Int?
        private var items: [Value] = []

        init(count: Int?) { self.count = count }

        /// The items are moved up once as many have gone as stay, so that each is moved about once.
        mutating func take(_ item: Value) throws -> Bool {
            items.append(item)
            let count = count ?? 1
            if items.count / 2 >= count { items.removeFirst(items.count - count) }
            return true
        }

        func finish() throws -> Value {
            if let count { return .list(items.suffix(count)) }
            guard let last = items.last else { throw First.noMatch([]) }
            return last
        }
    }
}
