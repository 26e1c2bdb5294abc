/// A command that makes whole numbers one after another, so that a loop takes them without a list of them all.
public protocol CountingCommand: Command {
    /// The first and the last number; nil where there is none.
    static func bounds(_ call: CommandCall) throws -> ClosedRange<Int64>?
}
