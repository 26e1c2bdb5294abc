import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Takes the last item, or the last N.
public enum Last: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "last", summary: "take the last item, or the last N",
        parameters: [Parameter("count", .positional, .int, help: "how many; without it one item, not a list")],
        input: .whole, output: .computed(First.taken), examples: [.init("[3 1 2] | last", "one item")])

    /// A count that is written outright is looked at before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? { ItemCount.fault(in: call) }

    /// Takes; on nothing, without a count, the error is `no_match`.
    public static func run(_ call: CommandCall) throws -> Value {
        if let count = try ItemCount.of(call, "last") { return .list(call.items.suffix(count)) }
        guard let last = call.items.last else { throw First.noMatch([]) }
        return last
    }
}
