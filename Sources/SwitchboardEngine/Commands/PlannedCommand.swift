/// A command that does something else in a plan than in a run, since it changes or asks something.
public protocol PlannedCommand: Command {
    /// Says what the call would change, and changes and asks nothing outside of the plan; returns what is known of the
    /// result.
    ///
    /// The ledger and the providers of the run are copies: what a command changes through them alone it may change, and
    /// its plan is its run.
    static func plan(_ call: CommandCall) throws -> Value
}

extension CommandCall {
    /// Whether a condition is decided only in the run; the plan then says that it is open.
    public func leavesOpen(_ name: String) -> Bool {
        guard let value = arguments[name], value.isUnknown, let plan = run.plan else { return false }
        plan.leaveOpen()
        return true
    }
}

/// A command that changes something: every one whose signature says so, and nobody else has effects.
public protocol ChangingCommand: PlannedCommand {
    /// The effects that it hands to the door, so that one that was interrupted can be settled at the next start.
    static var effects: [any Effect.Type] { get }
}

extension ChangingCommand {
    /// No effects: it changes the ledger alone, or what no provider has.
    public static var effects: [any Effect.Type] { [] }
}
