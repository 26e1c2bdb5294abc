import SwitchboardCore
import SwitchboardLanguage

extension Compiler {
    func pipeline(_ head: Node?, _ stages: [StageNode], _ span: Span) -> Code {
        let head = head.map(code) ?? Code { _ in .nothing }
        var passages = stages.map(stage)
        for index in stages.indices.dropLast().reversed() where isReport(stages[index + 1]) {
            passages[index] = reported(passages[index], by: passages[index + 1])
        }
        let all = passages
        return Code { frame in
            let outer = frame.unknownRows
            defer { frame.unknownRows = outer }
            frame.unknownRows = 0
            var value = try head(frame)
            try frame.run.checkRows(of: value, span)
            for passage in all {
                value = try passage(frame, value)
                try frame.run.checkRows(of: value, span)
            }
            return value
        }
    }

    private func stage(_ stage: StageNode) -> Passage {
        switch stage {
        case .filter(let node, let span): filter(code(node), span)
        case .call(let call): self.call(call)
        case .each(let slot, let body, let rows): each(slot, value(of: body), rows)
        case .block(let node): block(node)
        }
    }

    private func filter(_ condition: Code, _ span: Span) -> Passage {
        Passage { frame, input in
            let outer = frame.item
            defer { frame.item = outer }
            func keeps(_ value: Value) throws -> Bool {
                frame.item = value
                let answer = try condition(frame)
                if answer.isNothing { frame.unknownRows += 1 }
                return try isTrue(answer, span)
            }
            switch input {
            case .list(let values): return .list(try values.filter(keeps))
            case .nothing: return .nothing
            default: return try keeps(input) ? input : .nothing
            }
        }
    }

    // MARK: Calls

    private func call(_ node: CallNode) -> Passage {
        if let def = program.defs[node.command] { return call(node, def) }
        guard let command = registry.commands[node.command] else {
            return Passage { _, _ in throw RunFault(.internal, "the command '\(node.command)' is gone", node.nameSpan) }
        }
        let once = callOnce(node, command)
        return command.signature.input.isMapped ? mapped(once, command.signature, node.rows) : once
    }

    /// A call of a def: its parameters have slots of their own, and so have its names.
    private func call(_ node: CallNode, _ def: DefNode) -> Passage {
        let arguments = self.arguments(node)
        let binder = InputBinder(signature: def.signature, binding: node.binding)
        let (body, source) = (self.body(of: node.command, def), program.source)
        let parameters = zip(def.signature.parameters, def.parameters).map { parameter, place in
            (name: parameter.name, slot: place.slot, defaultValue: place.defaultValue.map(code))
        }
        let once = Passage { frame, item in
            var values = try arguments(frame, item)
            try RunFault.at(node.nameSpan) {
                try frame.run.checkCancelled()
                try binder.bind(item, into: &values)
            }
            for parameter in parameters {
                frame.slots[parameter.slot] =
                    try values[parameter.name] ?? parameter.defaultValue?(frame) ?? .nothing
            }
            return try RunFault.within(node.command, calledAt: source.place(of: node.nameSpan)) { try body(frame) }
        }
        return mapped(once, def.signature, node.rows)
    }

    private func callOnce(_ node: CallNode, _ command: any Command.Type) -> Passage {
        let arguments = self.arguments(node)
        let binder = InputBinder(signature: command.signature, binding: node.binding)
        return Passage { frame, item in
            var values = try arguments(frame, item)
            return try RunFault.at(node.nameSpan) {
                try frame.run.checkCancelled()
                try binder.bind(item, into: &values)
                try frame.run.host.files.resolve(&values, of: command.signature)
                let call = CommandCall(arguments: values, input: item, run: frame.run)
                return try UnknownRows.told(frame.unknownRows) {
                    frame.run.retry == 0 ? try command.run(call) : try frame.run.retrying { try command.run(call) }
                }
            }
        }
    }

    /// The values of what is written; those that never change are read once.
    private func arguments(_ node: CallNode) -> @Sendable (Frame, Value) throws -> [String: Value] {
        let constants = node.arguments.compactMapValues(constant)
        if constants.count == node.arguments.count { return { _, _ in constants } }
        let codes = node.arguments.mapValues(code)
        return { frame, item in
            let outer = frame.item
            defer { frame.item = outer }
            if !item.isNothing { frame.item = item }
            return try codes.mapValues { try $0(frame) }
        }
    }

    private func constant(_ node: Node) -> Value? {
        switch node {
        case .literal(let text, let type, _): return try? Value.read(text, as: type)
        case .text(let text): return .string(text)
        case .string(let pieces, _): return pieces.isEmpty ? .string("") : pieces.count == 1 ? constant(pieces[0]) : nil
        case .schema(let type): return .schema(type)
        case .fieldPath(let path): return .fieldPath(path)
        case .list(let nodes, _):
            let values = nodes.compactMap(constant)
            return values.count == nodes.count ? .list(values) : nil
        default: return nil
        }
    }

    /// The bounds of a sequence of whole numbers, where the node is the call of a command that can tell them.
    func bounds(_ node: Node) -> (@Sendable (Frame) throws -> ClosedRange<Int64>?)? {
        guard case .pipeline(nil, let stages, _) = node, stages.count == 1, case .call(let call) = stages[0],
            let command = registry.commands[call.command] as? any CountingCommand.Type
        else { return nil }
        let arguments = self.arguments(call)
        return { frame in
            let values = try arguments(frame, .nothing)
            return try RunFault.at(call.nameSpan) {
                try command.bounds(CommandCall(arguments: values, run: frame.run))
            }
        }
    }
}
