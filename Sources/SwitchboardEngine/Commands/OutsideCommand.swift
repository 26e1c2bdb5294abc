import Glibc
import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// A command that changes what neither the ledger nor a provider has: files, stored secrets, the sandbox.
public protocol OutsideCommand: ChangingCommand {
    /// What a call would change, without changing it; nothing where it would change nothing.
    static func outside(_ call: CommandCall) throws -> [PlannedChange]
}

extension OutsideCommand {
    /// Keeps what it would change in the plan.
    public static func plan(_ call: CommandCall) throws -> Value {
        try call.run.plan(outside(call))
        guard case .type(let type) = signature.output else { return .unknown(Placeholder(.any)) }
        return type == .nothing ? .nothing : .unknown(Placeholder(type))
    }
}

extension PlannedChange {
    /// A file that a command writes.
    public init(writing path: String, by command: String) {
        let isThere = access(path, F_OK) == 0
        self.init(
            kind: command, subject: path, summary: "write \(path)",
            undoing: isThere ? .never("the content that it replaces is not kept") : .unneeded)
    }
}

extension RunSession {
    /// Keeps changes in the plan that are made neither by the door nor in the ledger.
    public func plan(_ changes: [PlannedChange]) throws {
        guard let plan else { throw SwitchboardError(.internal, "a run that is no plan was asked to plan") }
        for change in changes { plan.add(change) }
    }

    /// Keeps in the plan that a file would be written; a later read of it has nothing to read yet.
    public func plansToWrite(_ path: String) { plan?.write(path) }

    /// Whether the run only plans.
    public var isPlan: Bool { plan != nil }

    /// Keeps in mind that a command has changed, or is about to change, what the journal does not know of.
    func didChangeOutside(_ command: any Command.Type, _ node: CallNode) {
        guard command is any OutsideCommand.Type, !command.signature.isLook(Set(node.arguments.keys)) else { return }
        tally.didChangeOutside()
    }

    /// Throws `not_planned` where the run is held to a plan that has not what an outside command is about to change.
    func requirePlanned(_ command: any Command.Type, _ call: CommandCall) throws {
        guard let allowance, let outside = command as? any OutsideCommand.Type else { return }
        for change in try outside.outside(call) { try allowance.admit(change) }
    }
}
