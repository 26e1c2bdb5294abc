extension Checker {
    /// A block that stands in a pipeline; what flows in is the item that `.field` means, a list as a whole.
    mutating func block(
        _ word: Name, _ arguments: [Argument], _ body: Block, input: ValueType?
    ) -> (node: BlockNode, type: ValueType)? {
        guard let kind = BlockNode.Kind(rawValue: word.text), let signature = GrammarWord.signature(of: word.text)
        else {
            return nil
        }
        let outer = (item, returns, around)
        defer { (item, returns, around) = outer }
        if let input { item = input }
        (returns, around) = (.nothing, kind == .explain ? [] : around + [kind])

        var given = Arguments()
        collect(arguments[...], of: signature, into: &given)
        checkRequired(signature, given, .none, word.span)
        let steps: [Step]
        var type = ValueType.nothing
        switch kind {
        case .transaction: (steps, type) = value(of: body)
        case .waitUntil: steps = question(body)
        case .explain:
            if input != nil {
                report(.cannotFlow, "nothing flows into 'explain'", at: word.span, help: "put it into the block")
            }
            steps = apart { $0.value(of: body).steps }
        }
        return (BlockNode(kind: kind, flags: given.values, body: steps, span: word.span), type)
    }

    private mutating func value(of body: Block) -> (steps: [Step], type: ValueType) {
        let (steps, type) = tail(body.statements)
        return (steps, type ?? .nothing)
    }

    /// A block that says whether something is so.
    private mutating func question(_ body: Block) -> [Step] {
        let (steps, type) = value(of: body)
        if ![.bool, .any].contains(type.unwrapped) {
            let given = type == .nothing ? "gives no value" : "is \(article(type))"
            report(.notCondition, "a condition is true or false, and the end of this block \(given)", at: body.span)
        }
        return steps
    }

    /// Checks what is not run: its faults are reported, and its calls count for nothing else.
    private mutating func apart<Result>(_ body: (inout Checker) -> Result) -> Result {
        let outer = (program.calls, program.providers, program.effect, program.rowSources, defs.current.counted)
        defer {
            (program.calls, program.providers, program.effect, program.rowSources, defs.current.counted) = outer
        }
        program.calls = []
        let result = body(&self)
        program.explained += program.calls
        return result
    }

    // MARK: What a block does not hold

    /// Refuses a call that a block around it cannot hold.
    ///
    /// That is in a transaction what nothing takes back, in a wait what is more than a question. A def holds what it calls.
    mutating func checkPlace(of signature: CommandSignature, at span: Span) {
        guard !around.isEmpty else { return }
        for callee in callees(of: signature) {
            let subject =
                "'\(signature.name)'" + (callee.name == signature.name ? "" : " calls '\(callee.name)', which")
            if around.contains(.waitUntil), callee.effect > .reads {
                report(
                    .changesWhileWaiting, "\(subject) \(callee.effect.deed), and wait-until only asks", at: span,
                    help: "call it before, or behind")
                return
            }
            if around.contains(.transaction), callee.undoing == .refused {
                report(
                    .notTakenBack, "\(subject) is not taken back, so no transaction holds it", at: span,
                    help: "call it before the transaction, or behind it")
                return
            }
        }
    }

    /// The commands that a call comes to: itself, or all that the def calls.
    private func callees(of signature: CommandSignature) -> [CommandSignature] {
        guard case .done(let def)? = defs.states[signature.name] else { return [signature] }
        return def.calls.compactMap { vocabulary.commands[$0.command] }
    }
}
