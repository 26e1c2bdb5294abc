import SwitchboardCore
import SwitchboardLanguage

extension PlanSession {
    /// Plans a call: what the command would change, and what is known of its result.
    ///
    /// What hangs on a value that only the run knows is known after the run, too.
    func call(_ command: any Command.Type, _ call: CommandCall, at node: CallNode) throws -> Value {
        stand(at: node)
        let isOpen = call.input.isOpen || call.arguments.values.contains { $0.holdsOpen }
        guard let planned = command as? any PlannedCommand.Type else {
            if isOpen { return Self.unknown(command) }
            do { return masked(try command.run(call)) } catch  where call.input.holdsOpen && Self.isOfTheValue(error) {
                return Self.unknown(command)
            }
        }
        do { return masked(try planned.plan(call)) } catch  where isOpen && Self.isOfTheValue(error) {
            if command.signature.effect >= .changes { add(openCall: command.signature) }
            return Self.unknown(command)
        }
    }

    private static func unknown(_ command: any Command.Type) -> Value {
        guard case .type(let type) = command.signature.output else { return .unknown(Placeholder(.any)) }
        return type == .nothing ? .nothing : .unknown(Placeholder(type))
    }

    /// Whether a failure may come of a placeholder; the end of a script and of a run does not.
    private static func isOfTheValue(_ error: any Error) -> Bool {
        let failure = (error as? RunFault)?.error ?? error as? SwitchboardError
        return failure.map { [.invalidArgument, .notFound].contains($0.code) } ?? false
    }

    /// A command that would change something, and nobody can tell what.
    private func add(openCall signature: CommandSignature) {
        let undoing: PlannedUndoing =
            signature.effect == .irreversible
            ? .never("'\(signature.name)' cannot be taken back")
            : signature.inverse.map { .by($0) } ?? .unneeded
        add(
            PlannedChange(
                kind: signature.name, subject: Placeholder.text,
                summary: "\(signature.name) of what is \(Placeholder.text)",
                purchases: signature.effect == .spends ? 1 : 0, undoing: undoing))
    }
}
