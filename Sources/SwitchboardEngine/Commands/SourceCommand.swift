/// A command that makes items one after another, so that a pipeline takes them without a list of them all.
public protocol SourceCommand: Command {
    /// The items of a call; throws what `run` throws.
    static func items(_ call: CommandCall) throws -> any ItemSource
}

extension SourceCommand {
    /// Lists the items.
    public static func run(_ call: CommandCall) throws -> Value { try items(call).list() }
}
