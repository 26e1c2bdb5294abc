/// A command that takes the whole of what flows in, but needs to keep little of it.
public protocol FoldingCommand: Command {
    /// Begins a call; `input` of the call is not there.
    static func fold(_ call: CommandCall) throws -> any ItemFold
}

/// The work of a folding command: what it keeps between two items.
public protocol ItemFold {
    /// Takes the next item; returns whether it wants another.
    mutating func take(_ item: Value) throws -> Bool

    /// What the command gives once the items are over.
    mutating func finish() throws -> Value
}

extension FoldingCommand {
    /// Takes the items of a list.
    public static func run(_ call: CommandCall) throws -> Value {
        var fold = try fold(call)
        for item in call.items where try !fold.take(item) { break }
        return try fold.finish()
    }
}
