/// The script's own commands while they are checked.
struct DefTable {
    /// Where the check stands with a def.
    enum State {
        case open(DefStatement)
        case inProgress
        case done(Def)
    }

    /// What a call needs to know of a checked def.
    struct Def {
        var signature: CommandSignature
        var calls: [CallNode]
        var providers: Set<String>
        /// How many defs its calls run inside each other, itself included.
        var depth: Int
    }

    var states: [String: State] = [:]
    /// Those whose name cannot be taken; a call of one is no fault of its own.
    var refused: Set<String> = []
    /// In the order of the text.
    var names: [String] = []
    /// The defs that are being checked, the innermost last.
    var chain: [String] = []
    /// What is found out about the def that is being checked, or about the script.
    var current = Findings()

    struct Findings {
        /// Those whose calls are counted already.
        var counted: Set<String> = []
        /// How many defs its calls run inside each other, itself included.
        var depth = 1
        /// The type behind `->`.
        var declaredResult: ValueType?
        /// What its returns give so far.
        var returned: ValueType?
        /// Whether its main parameter is found.
        var hasMain = false
    }
}

extension Checker {
    /// How deep defs may call one another; with the nesting of the text it bounds the stack.
    static let deepestCalls = 32

    /// Makes the defs of a file known, wherever they stand in it.
    mutating func declare(_ script: Script) {
        for case .def(let def) in script.statements {
            let name = def.name.text
            if let reason = whyTaken(name) {
                report(.nameTaken, reason, at: def.name.span, help: "choose another name")
                defs.refused.insert(name)
                if told == nil { continue }
                // What nobody can call may hold a secret all the same.
                defs.states["\(name) \(defs.names.count)"] = .open(def)
                defs.names.append("\(name) \(defs.names.count)")
                continue
            }
            defs.states[name] = .open(def)
            defs.names.append(name)
        }
    }

    private func whyTaken(_ name: String) -> String? {
        if defs.states[name] != nil { return "'\(name)' is defined already" }
        let commands = vocabulary.commands.keys
        if commands.contains(name) { return "'\(name)' is a built-in command" }
        return commands.contains { $0.hasPrefix(name + " ") } ? "'\(name)' begins a built-in command" : nil
    }

    /// Finds the faults of those that nothing calls.
    mutating func checkDefs() { for name in defs.names { _ = check(name) } }

    /// The def of a name that is called; its calls and effects count where the call stands.
    mutating func called(_ name: Name) -> CommandSignature? {
        if let start = defs.chain.firstIndex(of: name.text) {
            let circle = (defs.chain[start...] + [name.text]).joined(separator: " → ")
            report(
                .callsItself, "'\(name.text)' calls itself: \(circle)", at: name.span, help: "use for, each or where")
            return nil
        }
        guard let def = check(name.text) else { return nil }
        if !defs.chain.isEmpty {
            defs.current.depth = max(defs.current.depth, def.depth + 1)
            if defs.current.depth > Self.deepestCalls || defs.chain.count >= Self.deepestCalls {
                report(.deepCalls, "defs call one another more than \(Self.deepestCalls) deep here", at: name.span)
            }
        }
        if defs.current.counted.insert(name.text).inserted {
            program.calls += def.calls
            program.providers.formUnion(def.providers)
            program.effect = max(program.effect, def.signature.effect)
        }
        return def.signature
    }

    private mutating func check(_ name: String) -> DefTable.Def? {
        switch defs.states[name] {
        case .done(let def): return def
        case .open(let statement):
            if defs.chain.count > Self.deepestCalls { return nil }
            return check(statement)
        default: return nil
        }
    }

    /// Checks a body as if nothing else of the script were there but the other defs.
    private mutating func check(_ statement: DefStatement) -> DefTable.Def {
        let name = statement.name.text
        let outer = (scopes, item, returns, around, defs.current, program.calls, program.providers, program.effect)
        (scopes, item, returns, around, defs.current) = ([[:]], nil, .def, [], .init())
        (program.calls, program.providers, program.effect) = ([], [], .pure)
        defs.states[name] = .inProgress
        defs.chain.append(name)

        let parameters = statement.parameters.map { parameter($0) }
        let (body, result) = self.body(statement)
        let signature = CommandSignature(
            name, summary: "", parameters: parameters.map(\.parameter), output: .type(result), effect: program.effect)
        let def = DefTable.Def(
            signature: signature, calls: program.calls, providers: program.providers, depth: defs.current.depth)
        program.defs[name] = DefNode(
            signature: signature, parameters: parameters.map { ($0.slot, $0.defaultValue) }, body: body)
        defs.states[name] = .done(def)
        defs.chain.removeLast()
        (scopes, item, returns, around, defs.current, program.calls, program.providers, program.effect) = outer
        return def
    }

    /// The statements and what they give.
    private mutating func body(_ statement: DefStatement) -> (steps: [Step], type: ValueType) {
        defs.current.declaredResult = statement.result.flatMap { self.type($0) }
        let faults = diagnostics.count
        let (steps, type) = tail(statement.body.statements)
        guard let declared = defs.current.declaredResult else {
            return (steps, Self.join(type, defs.current.returned) ?? .nothing)
        }
        if type == .nothing, TypeRules.fit(.nothing, into: declared) == .no, diagnostics.count == faults {
            report(
                .wrongType, "'\(statement.name.text)' gives \(article(declared)), and its end gives nothing",
                at: statement.name.span)
        }
        return (steps, declared)
    }

    /// A parameter as the signature has it; the first positional one takes an item of its type.
    private mutating func parameter(
        _ parameter: DefStatement.Parameter
    ) -> (parameter: Parameter, slot: Int, defaultValue: Node?) {
        let type = self.type(parameter.type) ?? .any
        let defaultValue = parameter.defaultValue.map { read($0, as: type).node }
        let slot = bind(parameter.name, type)
        let isRequired = defaultValue == nil && !parameter.type.isOptional
        let isFirst = !parameter.isFlag && !defs.current.hasMain
        if isFirst { defs.current.hasMain = true }
        let declared = Parameter(
            parameter.name.text, parameter.isFlag ? .flag : .positional, type, isRequired: isRequired, isMain: isFirst,
            help: "\(type)")
        return (declared, slot, defaultValue)
    }
}
