extension Checker {
    mutating func pipeline(_ pipeline: Pipeline) -> (node: Node, type: ValueType) {
        switch pipeline.head {
        case .operand(let operand):
            let head = value(operand)
            return pipeline.stages.isEmpty ? head : stages(pipeline.stages, after: head, span: pipeline.span)
        case .stage(.call(let call)) where isID(call):
            let head = value(.word(call.name))
            return pipeline.stages.isEmpty ? head : stages(pipeline.stages, after: head, span: pipeline.span)
        case .stage(let stage):
            return stages([stage] + pipeline.stages, after: nil, span: pipeline.span)
        }
    }

    /// At the head of a pipeline an id has the form of a command's name.
    private func isID(_ call: Call) -> Bool {
        guard call.arguments.isEmpty, vocabulary.commands[call.name.text] == nil, defs.states[call.name.text] == nil
        else { return false }
        return vocabulary.readID(call.name.text) != .noID
    }

    mutating func stages(
        _ stages: [Stage], after head: (node: Node, type: ValueType)?, span: Span
    ) -> (node: Node, type: ValueType) {
        var flowing = head?.type
        var nodes: [StageNode] = []
        let outer = told?.flowing
        defer { told?.flowing = outer }
        for (index, stage) in stages.enumerated() {
            if flowing != nil {
                told?.flowing = index == 0 ? head?.node : .pipeline(head: head?.node, stages: nodes, span: span)
            }
            let isReported = stages.dropFirst(index + 1).first.map(isReport) ?? false
            switch stage {
            case .filter(let expression, let span):
                nodes.append(.filter(filter(expression, over: flowing, span), span: span))
                flowing = flowing ?? .any
            case .call(let call):
                guard let node = self.call(call, input: flowing, isReported: isReported) else {
                    flowing = .any
                    continue
                }
                if node.command == "describe" { checkDescribed(node, in: span) }
                if let rows = node.rows { note(rows, from: nodes.last) }
                if node.binding == .late, case .call(let source)? = nodes.last {
                    program.fieldSources.append((source, node))
                }
                flowing = node.output
                nodes.append(.call(node))
            case .each(let name, let arguments, let body, let span):
                let (node, rows, type) = each(name, arguments, body, span, input: flowing, isReported: isReported)
                note(rows, from: nodes.last)
                flowing = type
                nodes.append(node)
            case .block(let word, let arguments, let body, _):
                guard let (node, type) = block(word, arguments, body, input: flowing) else { continue }
                flowing = type
                nodes.append(.block(node))
            }
        }
        return (.pipeline(head: head?.node, stages: nodes, span: span), flowing ?? .any)
    }

    /// Refuses to describe what first has to be changed: a look changes nothing.
    private mutating func checkDescribed(_ describe: CallNode, in pipeline: Span) {
        let front = program.calls.filter { pipeline.start <= $0.span.start && $0.span.end <= describe.span.start }
        let signatures = front.compactMap { defs.states[$0.command] == nil ? vocabulary.commands[$0.command] : nil }
        guard let changing = signatures.first(where: { $0.effect > .reads }) else { return }
        report(
            .changesToDescribe, "'describe' only looks, and '\(changing.name)' in front of it \(changing.effect.deed)",
            at: describe.nameSpan, help: "explain { … } tells the types of a pipeline and runs nothing")
    }

    /// The stage that takes the rows with what became of them, however the run ends.
    private func isReport(_ stage: Stage) -> Bool {
        if case .call(let call) = stage { call.name.text == "report" && defs.states["report"] == nil } else { false }
    }

    private mutating func note(_ rows: RowPlan, from stage: StageNode?) {
        if case .call(let source)? = stage { program.rowSources.append((source, rows)) }
    }

    private mutating func filter(_ expression: Expression, over flowing: ValueType?, _ span: Span) -> Node {
        let outer = item
        defer { item = outer }
        let word = Span(span.start, span.start + "where".utf8.count)
        switch flowing {
        case .list(let element)?: item = element
        case nil: report(.cannotFlow, "nothing flows into 'where'", at: word, help: "put a list and a | in front")
        case .record?, .any?: item = flowing
        case let other?: report(.cannotFlow, "'where' keeps items of a list, and this is \(article(other))", at: word)
        }
        if item == nil { item = .any }
        return condition(expression)
    }

    // MARK: One call

    private mutating func call(_ call: Call, input: ValueType?, isReported: Bool) -> CallNode? {
        noteCommand(call, isStage: input != nil)
        guard let (signature, words) = signature(of: call) else {
            lookAtArguments(of: call)
            noteUnknown(call)
            return nil
        }
        let nameSpan = words > 0 ? call.name.span.union(call.arguments[words - 1].span) : call.name.span
        if told == nil, let help = help(on: signature, call, nameSpan) { return help }
        checkPlace(of: signature, at: nameSpan)
        let outer = item
        defer { item = outer }
        if let input { item = input.element ?? input }

        var given = Arguments()
        let isMapped = signature.input.isMapped && (input?.element != nil || input == .any)
        collect(call.arguments.dropFirst(words), of: isMapped ? signature.withRowFlags : signature, into: &given)
        noteOpen(signature, given, isFed: input != nil)
        if input != nil, case let parameter?? = given.atCursor { forgetValues(for: parameter) }
        let rows = isMapped ? rowPlan(of: signature, &given, isReported, nameSpan) : nil
        if input != nil { noteFlow(into: signature, given) }
        let binding = bind(input, to: signature, given: &given, at: nameSpan)
        checkRequired(signature, given, binding, nameSpan)
        checkCapability(signature, given)
        let output = output(of: signature, input: input, given, nameSpan)
        let node = CallNode(
            command: signature.name, arguments: given.values, binding: binding, input: input, rows: rows,
            output: rows?.isCollected == true ? .list(RowFlags.resultType(of: input?.element ?? .any)) : output,
            span: call.span, nameSpan: nameSpan)
        let isLook = signature.isLook(Set(given.values.keys))
        program.effect = max(program.effect, isLook ? .reads : signature.effect)
        program.calls.append(node)
        return node
    }

    /// `COMMAND --help` is `help COMMAND`, whatever else stands there.
    private mutating func help(on signature: CommandSignature, _ call: Call, _ nameSpan: Span) -> CallNode? {
        let asks = call.arguments.contains { if case .flag(let name, nil) = $0 { name.text == "help" } else { false } }
        guard asks, let help = vocabulary.commands["help"] else { return nil }
        let words = Node.literal(text: signature.name, type: .string, span: nameSpan)
        let node = CallNode(
            command: help.name, arguments: ["words": .list([words], span: nameSpan)], binding: .none, input: nil,
            output: .nothing, span: call.span, nameSpan: nameSpan)
        program.calls.append(node)
        return node
    }

    /// The longest declared name that the call's leading words make, with the number of arguments that belong to it.
    private mutating func signature(of call: Call) -> (CommandSignature, words: Int)? {
        var words = [call.name.text]
        for argument in call.arguments {
            guard case .operand(.word(let word)) = argument, words.count < 4 else { break }
            words.append(word.text)
        }
        if defs.states[call.name.text] != nil { return called(call.name).map { ($0, 0) } }
        for count in stride(from: words.count, through: 1, by: -1) {
            let name = words.prefix(count).joined(separator: " ")
            if let signature = vocabulary.commands[name] { return (signature, count - 1) }
        }
        if !defs.refused.contains(call.name.text) { unknownCommand(call, words) }
        return nil
    }

    private mutating func unknownCommand(_ call: Call, _ words: [String]) {
        let name = call.name
        let group = vocabulary.commands.keys.filter { $0.hasPrefix(name.text + " ") }.sorted()
        if !group.isEmpty {
            let all = "there are: \(group.joined(separator: ", "))"
            guard words.count > 1 else {
                report(.unknownCommand, "'\(name.text)' needs one more word", at: name.span, help: all)
                return
            }
            let near = NearName.guess(for: words[1], among: group.compactMap(Self.secondWord))
            report(
                .unknownCommand, "no command '\(name.text) \(words[1])'", at: name.span.union(call.arguments[0].span),
                help: near.map { "did you mean '\(name.text) \($0)'?" } ?? all)
            return
        }
        let firstWords = Set(vocabulary.commands.keys.map { String($0.prefix { $0 != " " }) } + defs.names)
        report(
            .unknownCommand, "no command '\(name.text)'", at: name.span,
            help: meant(by: name.text) ?? NearName.help(for: name.text, among: firstWords) ?? flagHelp(name.text)
                ?? "help lists the commands")
    }

    /// The command for which somebody may try such a word.
    private func meant(by word: String) -> String? {
        let meant = vocabulary.commands.values.filter { $0.otherNames.contains(word) }.map(\.name).min()
        return meant.map { "did you mean '\($0)'?" }
    }

    /// The commands that have a flag of this name.
    private func flagHelp(_ word: String) -> String? {
        let able = vocabulary.commands.values.filter { $0.parameters.contains { $0.form != .rest && $0.name == word } }
        return able.isEmpty ? nil : "--\(word) is a flag of: \(able.map(\.name).sorted().joined(separator: ", "))"
    }

    private static func secondWord(of name: String) -> String? {
        name.split(separator: " ").dropFirst().first.map(String.init)
    }

    private mutating func output(
        of signature: CommandSignature, input: ValueType?, _ given: Arguments, _ span: Span
    ) -> ValueType {
        let isMapped = signature.input.isMapped && input?.element != nil
        let flowing = isMapped ? input?.element : input
        var result = ValueType.any
        switch signature.output {
        case .type(let type): result = type
        case .computed(let compute):
            let types = CallTypes(
                input: flowing ?? .nothing, given: Set(given.values.keys), types: given.types,
                texts: given.values.compactMapValues(\.literalText), fieldPaths: given.fieldPaths,
                schemas: given.schemas)
            do throws(TypeFault) { result = try compute(types) } catch {
                let place = error.parameter.flatMap { given.spans[$0] } ?? span
                report(error.fault, error.message, at: place, help: error.help)
            }
        }
        result = withColumns(result, signature, given)
        if signature.input.isMapped, case .any? = input { return .any }
        return isMapped && result != .nothing ? .list(result) : result
    }

    private mutating func checkCapability(_ signature: CommandSignature, _ given: Arguments) {
        guard let capability = signature.capability else { return }
        for (name, node) in given.values {
            guard case .literal(let text, .provider, let span) = node,
                signature.parameters.contains(where: { $0.name == name }),
                case .some(.some(let remark)) = vocabulary.providers[text]?[capability]
            else { continue }
            report(.unsupportedByProvider, "\(text) does not offer \(capability): \(remark)", at: span)
        }
    }
}
