import SwitchboardCore
import SwitchboardLanguage

extension Compiler {
    /// The items of a call that makes them one after another.
    func source(_ node: CallNode) -> (@Sendable (Frame) throws -> Flow)? {
        guard program.defs[node.command] == nil,
            let command = registry.commands[node.command] as? any SourceCommand.Type
        else { return nil }
        let arguments = self.arguments(node)
        let binder = InputBinder(signature: command.signature, binding: .none)
        return { frame in
            var values = try arguments(frame, .nothing)
            return try RunFault.at(node.nameSpan) {
                try frame.run.checkCancelled()
                try binder.bind(.nothing, into: &values)
                try frame.run.host.files.resolve(&values, of: command.signature)
                if let plan = frame.run.plan, plan.cannotRead(values) {
                    return .value(.unknown(Placeholder(.list(.any))))
                }
                let items = try command.items(CommandCall(arguments: values, run: frame.run))
                return .items(PlacedItems(items: items, span: node.nameSpan))
            }
        }
    }

    /// A command that keeps little of what flows in; a report is finished also where the rows end early.
    func fold(_ node: CallNode, _ command: any FoldingCommand.Type, _ whole: Passage, _ place: String) -> Stage {
        let arguments = self.arguments(node)
        let binder = InputBinder(signature: command.signature, binding: node.binding)
        return Stage { frame, flow in
            // A plan has the rows planned, and nothing of what they lead to written.
            guard case .items(let items) = flow,
                frame.run.plan == nil || items.isRepeatable && !(command is any PlannedCommand.Type)
            else {
                return .value(try whole(frame, try flow.value(in: frame)))
            }
            var values = try arguments(frame, .nothing)
            var fold = try RunFault.at(node.nameSpan) {
                try frame.run.checkCancelled()
                try binder.bind(.nothing, into: &values)
                try frame.run.host.files.resolve(&values, of: command.signature)
                let call = CommandCall(arguments: values, columnNames: items.columnNames, run: frame.runOfStep(place))
                try frame.run.requirePlanned(command, call)
                frame.run.didChangeOutside(command, node)
                return try command.fold(call)
            }
            do {
                try items.watched(by: frame).forEach { item in try RunFault.at(node.nameSpan) { try fold.take(item) } }
            } catch let ended as RowsEnded {
                // What ended the rows decides how the run ends, whatever becomes of the report.
                do {
                    if let failure = ended.failure { throw failure }
                    _ = try fold.finish()
                } catch {
                    let failure = (error as? RunFault)?.error ?? SwitchboardError(wrapping: error)
                    frame.run.note("the report could not be written: \(failure.message)")
                }
                throw ended.cause
            }
            return .value(
                try RunFault.at(node.nameSpan) { try UnknownRows.told(frame.unknownRows) { try fold.finish() } })
        }
    }
}

extension CommandSignature {
    /// Whether a call does nothing but make a value.
    var onlyComputes: Bool {
        if case .type(.nothing) = output { false } else { effect == .pure }
    }
}
