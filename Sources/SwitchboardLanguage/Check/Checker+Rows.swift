extension CommandSignature {
    /// The signature with the flags of `each`, those that the command has itself left out.
    var withRowFlags: CommandSignature {
        var signature = self
        signature.parameters += rowFlags
        return signature
    }

    fileprivate var rowFlags: [Parameter] {
        RowFlags.parameters.filter { flag in
            !parameters.contains { $0.name == flag.name || $0.aliases.contains(flag.name) }
        }
    }
}

extension Checker {
    /// Takes the flags of rows out of a call's arguments; nil where nothing is said about rows.
    mutating func rowPlan(
        of signature: CommandSignature, _ given: inout Arguments, _ isReported: Bool, _ span: Span
    ) -> RowPlan? {
        let names = signature.rowFlags.map(\.name)
        let flags = given.values.filter { names.contains($0.key) }
        for name in flags.keys { given.values[name] = nil }
        if flags.isEmpty && !isReported { return nil }
        var rows = rowPlan(flags, isReported, span)
        rows.effect = signature.effect
        return rows
    }

    private mutating func rowPlan(_ flags: [String: Node], _ isReported: Bool, _ span: Span) -> RowPlan {
        check(flags["parallel"], RowFlags.parallel, "--parallel")
        check(flags["retry"], RowFlags.retry, "--retry")
        var isCollected = isReported
        switch flags["on-error"] {
        case nil: break
        case .literal(let word, _, _)?: isCollected = isCollected || word == "collect"
        case let other?: report(.wrongType, "--on-error is written out: stop or collect", at: other.span)
        }
        return RowPlan(flags: flags, isCollected: isCollected, isReported: isReported, span: span)
    }

    private mutating func check(_ node: Node?, _ range: ClosedRange<Int>, _ flag: String) {
        guard case .literal(let text, .int, let span)? = node, let number = Int(text), !range.contains(number) else {
            return
        }
        report(.badLiteral, "\(flag) takes \(range.lowerBound) to \(range.upperBound), not \(number)", at: span)
    }

    /// A block that runs for each row of what flows in.
    mutating func each(
        _ name: Name?, _ arguments: [Argument], _ body: Block, _ span: Span, input: ValueType?, isReported: Bool
    ) -> (node: StageNode, rows: RowPlan, type: ValueType) {
        let word = Span(span.start, span.start + "each".utf8.count)
        let row = rowType(input, word)
        let outer = (item, returns, program.effect)
        defer {
            (item, returns) = (outer.0, outer.1)
            program.effect = max(program.effect, outer.2)
        }
        (item, returns) = (row, .nothing)

        var given = Arguments()
        collect(arguments[...], of: GrammarWord.each.signature, into: &given)
        var rows = rowPlan(given.values, isReported, word)
        program.effect = .pure
        let (slot, steps, type) = inScope { checker in
            let slot = name.map { checker.bind($0, row) }
            if let slot, let list = checker.told?.flowing { checker.told?.lists[slot] = list }
            let (steps, type) = checker.tail(body.statements)
            return (slot, steps, type ?? .nothing)
        }
        rows.effect = program.effect
        let result = rows.isCollected ? RowFlags.resultType(of: row) : type
        return (.each(slot: slot, body: steps, rows: rows), rows, result == .nothing ? .nothing : .list(result))
    }

    private mutating func rowType(_ input: ValueType?, _ span: Span) -> ValueType {
        switch input {
        case .list(let element)?: return element
        case .any?: return .any
        case nil: report(.cannotFlow, "nothing flows into 'each'", at: span, help: "put a list and a | in front")
        case let other?: report(.cannotFlow, "'each' takes a list, and this is \(article(other))", at: span)
        }
        return .any
    }
}
