import SwitchboardCore
import SwitchboardLanguage

extension Compiler {
    func pipeline(_ head: Node?, _ stages: [StageNode], _ span: Span) -> Code {
        let flow = flow(head, stages, span)
        return Code { frame in
            let outer = frame.unknownRows
            defer { frame.unknownRows = outer }
            frame.unknownRows = 0
            return try flow(frame).value(in: frame)
        }
    }

    /// What a pipeline makes: items one by one as far as its stages can take them so, else a value.
    func flow(_ head: Node?, _ stages: [StageNode], _ span: Span) -> @Sendable (Frame) throws -> Flow {
        if head == nil, case .call(let call)? = stages.first, let source = source(call) {
            return flow(from: source, stages.dropFirst().map { stage($0, from: span.start) }, span)
        }
        let head = head.map(code) ?? Code { _ in .nothing }
        return flow(from: { .value(try head($0)) }, stages.map { stage($0, from: span.start) }, span)
    }

    private func flow(
        from begin: @escaping @Sendable (Frame) throws -> Flow, _ stages: [Stage], _ span: Span
    ) -> @Sendable (Frame) throws -> Flow {
        { frame in
            var flow = try begin(frame)
            try frame.run.checkRows(of: flow, span)
            for stage in stages {
                flow = try stage(frame, flow)
                // Items that come one by one are no more than those in front of them.
                if case .value(let value) = flow { try frame.run.checkRows(of: value, span) }
            }
            return flow
        }
    }

    /// A stage of a pipeline that begins at an offset of the source.
    private func stage(_ stage: StageNode, from start: Int) -> Stage {
        switch stage {
        case .filter(let node, let span): filter(node, span)
        case .call(let call): self.stage(call, place(call.command, from: start, to: call.span.end))
        case .each(let slot, let body, let rows): each(slot, body, rows, place("each", from: start, to: rows.span.end))
        case .block(let node):
            Stage(block(node, place(node.kind.rawValue, from: start, to: node.span.end)))
        }
    }

    private func filter(_ node: Node, _ span: Span) -> Stage {
        let condition = code(node)
        let keeps: @Sendable (Frame, Value) throws -> Bool = { frame, item in
            let outer = frame.item
            defer { frame.item = outer }
            frame.item = item
            let answer = try condition(frame)
            if answer.isNothing { frame.unknownRows += 1 }
            if answer.isUnknown, let plan = frame.run.plan {
                plan.leaveOpen(plan.text(span), at: span)
                return true
            }
            return try isTrue(answer, span)
        }
        let streams = node.callsNothing
        return Stage { frame, flow in
            if streams, case .items(let items) = flow {
                return .items(SiftedItems(items: items) { try keeps(frame, $0) })
            }
            switch try flow.value(in: frame) {
            case .list(let values): return .value(.list(try values.filter { try keeps(frame, $0) }))
            case .nothing: return .value(.nothing)
            case .unknown(let placeholder): return .value(.unknown(placeholder))
            case let input: return .value(try keeps(frame, input) ? input : .nothing)
            }
        }
    }

    // MARK: Calls

    private func stage(_ node: CallNode, _ place: String) -> Stage {
        if let def = program.defs[node.command] {
            add(place, of: node, def.signature, body(of: node.command, def).places)
            return call(node, def, place)
        }
        guard let command = registry.commands[node.command] else {
            return Stage { _, _ in throw RunFault(.internal, "the command '\(node.command)' is gone", node.nameSpan) }
        }
        add(place, of: node, command.signature)
        let once = callOnce(node, command, place)
        if let folding = command as? any FoldingCommand.Type { return fold(node, folding, once, place) }
        guard command.signature.input.isMapped else { return Stage(once) }
        let onlyComputes = command.signature.onlyComputes && node.arguments.values.allSatisfy(\.callsNothing)
        return mapped(once, command.signature, node.rows, place, streams: onlyComputes, mayComeLater: !onlyComputes)
    }

    /// A call that maps over what flows in is in the turns of that, unless it names its rows itself.
    private func add(
        _ place: String, of node: CallNode, _ signature: CommandSignature, _ inner: ScriptPlaces = ScriptPlaces()
    ) {
        let input = signature.input.isMapped && node.rows == nil ? node.input : nil
        if input?.element == nil { addPlace(place, inner) }
        switch input {
        case .list, .any, .either, .optional: addPlace(place, inner, inTurns: true)
        default: return
        }
    }

    /// A call of a def: its parameters have slots of their own, and so have its names.
    private func call(_ node: CallNode, _ def: DefNode, _ place: String) -> Stage {
        let arguments = self.arguments(node)
        let binder = InputBinder(signature: def.signature, binding: node.binding)
        let (body, source) = (self.body(of: node.command, def).code, program.source)
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
            return try RunFault.within(node.command, calledAt: source.place(of: node.nameSpan)) {
                try frame.within(place) { try body(frame) }
            }
        }
        return mapped(once, def.signature, node.rows, place, streams: false)
    }

    private func callOnce(_ node: CallNode, _ command: any Command.Type, _ place: String) -> Passage {
        let arguments = self.arguments(node)
        // Plugins may have added parameters.
        let signature = registry.vocabulary.commands[node.command] ?? command.signature
        let binder = InputBinder(signature: signature, binding: node.binding)
        let keeping = StepKeeping(of: command, isRow: node.rows != nil)
        return Passage { frame, item in
            frame.compared = nil
            var values = try arguments(frame, item)
            let compared = frame.compared
            return try RunFault.at(node.nameSpan) {
                try frame.run.checkCancelled()
                try binder.bind(item, into: &values)
                try frame.run.host.files.resolve(&values, of: command.signature)
                return try frame.step(place, node.command, keeping) { run in
                    let call = CommandCall(arguments: values, input: item, compared: compared, run: run)
                    return try UnknownRows.told(frame.unknownRows) {
                        if let plan = run.plan { return try plan.call(command, call, at: node) }
                        try run.requirePlanned(command, call)
                        let result =
                            run.retry == 0 ? try command.run(call) : try run.retrying { try command.run(call) }
                        run.didChangeOutside(command, node)
                        return result
                    }
                }
            }
        }
    }

    /// The values of what is written; those that never change are read once.
    func arguments(_ node: CallNode) -> @Sendable (Frame, Value) throws -> [String: Value] {
        let constants = node.arguments.compactMapValues(constant)
        if constants.count == node.arguments.count { return { _, _ in constants } }
        let codes = node.arguments.mapValues { node.command == "assert" ? compared($0) : code($0) }
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
}
