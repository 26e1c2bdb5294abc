/// Checks a parsed script against what the host has registered, before anything of it runs.
public struct Checker {
    let vocabulary: Vocabulary
    var program = Program()
    var diagnostics: [Diagnostic] = []
    /// The visible names, innermost scope last.
    var scopes: [[String: Variable]] = [[:]]
    /// The type of the item that `.field` means, where one flows in.
    var item: ValueType?
    /// What a `return` ends.
    var returns = ReturnTarget.script
    /// The blocks that the statement stands in, innermost last, as far as they do not hold everything.
    var around: [BlockNode.Kind] = []
    /// The script's own commands.
    var defs = DefTable()
    /// The place where the text is to be completed, if it is.
    var cursor: Cursor?
    /// Where secrets stand in the text, if somebody wants to know.
    var told: ToldSecrets?

    struct Variable {
        var slot: Int
        var type: ValueType
    }

    /// The number of scopes at a script's top level: the names given beforehand, and the script's own.
    static let topDepth = 2

    init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// Checks a script.
    ///
    /// The program may be run only if there is no diagnostic.
    ///
    /// `names` are bound beforehand to the first slots, as a prompt's earlier `let`s are; `used` are the files whose
    /// defs the script may call.
    public static func check(
        _ script: Script, vocabulary: Vocabulary, names: [(name: String, type: ValueType)] = [], used: [Script] = []
    ) -> (program: Program, diagnostics: [Diagnostic]) {
        var checker = Checker(vocabulary: vocabulary)
        checker.check(script, names, used)
        return (checker.program, Parser.limited(checker.diagnostics))
    }

    mutating func check(_ script: Script, _ names: [(name: String, type: ValueType)], _ used: [Script]) {
        for (name, type) in names { _ = bind(Name(name, Span(0, 0)), type) }
        scopes.append([:])
        (used + [script]).forEach { declare($0) }
        program.steps = statements(script.statements)
        if script.statements.count > 1 { program.shown = nil }
        checkDefs()
    }

    // MARK: Faults and names

    mutating func report(_ fault: CheckFault, _ message: String, at span: Span, help: String? = nil) {
        diagnostics.append(Diagnostic(fault.rawValue, message, at: span, help: help))
    }

    mutating func bind(_ name: Name, _ type: ValueType) -> Int {
        let slot = program.slotCount
        program.slotCount += 1
        if lookUp(name.text) != nil {
            report(
                .nameTaken, "'$\(name.text)' is bound already", at: name.span,
                help: "values never change: choose another name")
        }
        scopes[scopes.count - 1][name.text] = Variable(slot: slot, type: type)
        return slot
    }

    func lookUp(_ name: String) -> Variable? {
        for scope in scopes.reversed() { if let variable = scope[name] { return variable } }
        return nil
    }

    var visibleNames: [String] { scopes.flatMap(\.keys) }

    var visibleVariables: [(name: String, type: ValueType)] {
        scopes.joined().map { (name: $0.key, type: $0.value.type) }
    }

    mutating func inScope<Result>(_ body: (inout Checker) -> Result) -> Result {
        scopes.append([:])
        defer { scopes.removeLast() }
        return body(&self)
    }

    // MARK: Statements

    mutating func statements(_ statements: [Statement]) -> [Step] {
        statements.compactMap { statement in
            // Guesses take their time, and nobody reads so many.
            if told == nil, diagnostics.count > Parser.faultLimit { return nil }
            // The parser has seen to it that params come first and stand in no block.
            guard case .param(let param) = statement else { return step(statement) }
            parameter(param)
            return nil
        }
    }

    mutating func step(_ statement: Statement) -> Step? {
        switch statement {
        case .let(let declaration):
            var (node, type) = rightSide(declaration.value)
            if let written = declaration.type.flatMap({ self.type($0) }) {
                if told != nil, written.takesSecret { noteSecret(node) }
                node = coerce(node, type, into: written)
                type = written
            }
            let slot = bind(declaration.name, type)
            program.constants[slot] = node
            if scopes.count == Self.topDepth, returns == .script {
                program.topNames.append((declaration.name.text, slot, type))
            }
            return .bind(slot: slot, node)
        case .if(let statement):
            return .branch(
                condition: condition(statement.condition), then: body(statement.then),
                otherwise: otherwise(statement.otherwise), span: statement.span)
        case .for(let loop):
            let (sequence, type) = expression(loop.sequence)
            let element: ValueType
            switch type {
            case .list(let inner): element = inner
            case .any: element = .any
            default:
                report(.wrongType, "'for' needs a list, and this is \(article(type))", at: loop.sequence.span)
                element = .any
            }
            return inScope { checker in
                let slot = checker.bind(loop.name, element)
                checker.told?.lists[slot] = sequence
                return .loop(slot: slot, sequence: sequence, body: checker.body(loop.body), span: loop.span)
            }
        case .pipeline(let pipeline):
            let (node, type) = self.pipeline(pipeline)
            if scopes.count == Self.topDepth, returns == .script { program.shown = type }
            return .show(node)
        case .param, .use: return nil
        case .def(let statement):
            if scopes.count != Self.topDepth || returns != .script {
                report(.defPlace, "a def stands at the top of a script, not in a block", at: statement.name.span)
            }
            return nil
        case .try(let statement):
            let body = body(statement.body)
            let (slot, handler) = inScope { checker in
                (
                    statement.errorName.map { checker.bind($0, .record(.error)) },
                    statement.handler.map { checker.statements($0.statements) }
                )
            }
            return .attempt(body: body, slot: slot, handler: handler, span: statement.span)
        case .return(let statement): return self.return(statement)
        }
    }

    mutating func body(_ block: Block) -> [Step] { inScope { $0.statements(block.statements) } }

    private mutating func otherwise(_ otherwise: IfStatement.Otherwise?) -> [Step] {
        switch otherwise {
        case nil: []
        case .block(let block): body(block)
        case .if(let statement): step(.if(statement)).map { [$0] } ?? []
        }
    }

    private mutating func parameter(_ param: ParamStatement) {
        let type = self.type(param.type) ?? .any
        let earlierCalls = program.calls.count
        let defaultValue = param.defaultValue.map { read($0, as: type).node }
        checkDefault(program.calls.dropFirst(earlierCalls))
        let slot = bind(param.name, type)
        program.parameters.append(
            ProgramParameter(
                name: param.name.text, type: type,
                defaultValue: defaultValue
                    ?? (param.type.isOptional ? .literal(text: "nothing", type: .nothing, span: param.span) : nil),
                help: param.help, slot: slot, span: param.span))
    }

    /// A default is evaluated before the script as a whole is known to be right, so it changes nothing.
    private mutating func checkDefault(_ calls: ArraySlice<CallNode>) {
        for call in calls {
            guard let signature = vocabulary.commands[call.command], signature.effect > .reads else { continue }
            report(
                .paramEffect, "a param's default changes nothing, and '\(call.command)' \(signature.effect.deed)",
                at: call.nameSpan, help: "call it in the script itself")
        }
    }

    // MARK: Right sides

    mutating func rightSide(_ side: RightSide) -> (node: Node, type: ValueType) {
        switch side {
        case .expression(let expression, let stages):
            let head = self.expression(expression)
            return stages.isEmpty ? head : self.stages(stages, after: head, span: expression.span)
        case .pipeline(let pipeline): return self.pipeline(pipeline)
        case .if(let statement): return branch(statement)
        }
    }

    private mutating func branch(_ statement: IfStatement) -> (node: Node, type: ValueType) {
        let outer = returns
        defer { returns = outer }
        returns = .nothing
        let condition = condition(statement.condition)
        let (then, thenType) = tail(statement.then.statements)
        var (otherwise, otherType): ([Step], ValueType?) = ([], .nothing)
        switch statement.otherwise {
        case nil: break
        case .block(let block): (otherwise, otherType) = tail(block.statements)
        case .if(let inner):
            let (node, type) = branch(inner)
            (otherwise, otherType) = ([.give(node)], type)
        }
        let node = Node.branch(condition: condition, then: then, otherwise: otherwise, span: statement.span)
        return (node, Self.join(thenType, otherType) ?? .nothing)
    }

    mutating func condition(_ expression: Expression) -> Node {
        let (node, type) = self.expression(expression)
        if case .pipeline = node, type == .nothing {
            report(.notCondition, "a condition is true or false, and this gives no value", at: expression.span)
        }
        if ![.bool, .any, .nothing].contains(type.unwrapped) {
            report(
                .notCondition, "a condition is true or false, and this is \(article(type.unwrapped))",
                at: expression.span, help: "compare it with ==, !=, <, >, in, has or matches")
        }
        return node
    }

    func article(_ type: ValueType) -> String { type.withArticle }
}
