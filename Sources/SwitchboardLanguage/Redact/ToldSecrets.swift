/// What the checker finds out about secrets that are written into a text.
struct ToldSecrets {
    /// The commands that store or read secrets without a parameter for them; whatever is written there and has no
    /// parameter may be one.
    let commands: Set<String>
    /// How many names are bound beforehand, to the first slots.
    let nameCount: Int
    /// Where a text stands that is given to a parameter which takes a secret.
    var certain: [Span] = []
    /// Where one stands that may have been meant so.
    var possible: [Span] = []
    /// The values that no parameter of a type takes: what is worked out may be made of them.
    var loose: [Span] = []
    /// The words that are no command, and like none.
    var strangers: [Span] = []
    /// Whether a parameter takes a secret that is worked out.
    var isOpen = false
    /// What names that are bound beforehand give to such a parameter: the number of the name, and fields.
    var named: [(name: Int, path: [String])] = []
    /// The fields of records that bind to a parameter which takes a secret.
    var fields: Set<String> = []
    /// The fields that are written behind a value which is given to one.
    var wanted: Set<String> = []
    /// The fields of the records that are written out, with their values.
    var entries: [(name: String, value: Node)] = []
    /// What flows into the stage that is being checked.
    var flowing: Node?
    /// The lists whose items loops have in their slots.
    var lists: [Int: Node] = [:]

    init(commands: Set<String>, nameCount: Int) { (self.commands, self.nameCount) = (commands, nameCount) }
}

extension Checker {
    /// Notes the texts that a value is made of, which a slot for secrets gets; `path` are the fields behind it, the last
    /// one first.
    mutating func noteSecret(_ node: Node, path: [String] = []) {
        switch node {
        case .literal(_, .nothing, let span) where !diagnostics.contains(where: { $0.span == span }): break
        case .literal(_, _, let span), .string(_, let span): told?.certain.append(span)
        case .record(_, _, let span) where path.isEmpty: told?.possible.append(span)
        case .branch(_, _, _, let span): told?.possible.append(span)
        case .list(let nodes, _): for node in nodes { noteSecret(node, path: path) }
        case .convert(let inner, _, _): noteSecret(inner, path: path)
        case .binary(_, let left, let right, _):
            noteSecret(left, path: path)
            noteSecret(right, path: path)
        case .slot(let slot, _): noteSecret(slot, path)
        case .item: if let list = told?.flowing { noteSecret(list, path: path) } else { noteOpen() }
        case .field(let value, let name, _, _):
            told?.wanted.insert(name)
            noteSecret(value, path: path + [name])
        case .pipeline(let head, let stages, let span):
            if let head { noteSecret(head, path: path) }
            noteStrangers(in: span)
            if !stages.allSatisfy(\.givesSecret) { noteOpen() }
        case .record, .text, .schema, .fieldPath, .not: break
        }
    }

    /// What is given to a slot for secrets in parentheses, and is no command.
    private mutating func noteStrangers(in pipeline: Span) {
        let strangers = told?.strangers.filter { pipeline.start <= $0.start && $0.end <= pipeline.end } ?? []
        told?.certain += strangers
    }

    private mutating func noteSecret(_ slot: Int, _ path: [String]) {
        guard let told else { return }
        if slot < told.nameCount {
            self.told?.named.append((slot, path.reversed()))
        } else if let value = program.constants[slot] ?? told.lists[slot] {
            noteSecret(value, path: path)
        } else {
            noteOpen()
        }
    }

    private mutating func noteOpen() { told?.isOpen = true }

    /// Notes what flows into a command that takes secrets.
    mutating func noteFlow(into signature: CommandSignature, _ given: Arguments) {
        guard let flowing = told?.flowing else { return }
        if signature.input == .none, hasSecrets(signature) { noteSecret(flowing) }
        for parameter in signature.parameters where parameter.type.takesSecret && given.values[parameter.name] == nil {
            if parameter.isMain { noteSecret(flowing) }
            for name in [parameter.name] + parameter.aliases {
                let field = name.replacing("-", with: "_")
                told?.fields.insert(field)
                if case .slot(let slot, _) = flowing, slot < told?.nameCount ?? 0 {
                    told?.named.append((slot, [field]))
                }
            }
        }
    }

    /// Notes the values of the fields that are given to a slot for secrets, and of those that identify somebody.
    mutating func noteFields() {
        guard let all = told else { return }
        let found = all.fields.union(all.wanted)
        for (name, value) in all.entries where found.contains(name) || SecretForm.isHeader(name) { noteSecret(value) }
        if !all.wanted.subtracting(all.named.flatMap(\.path)).isSubset(of: all.entries.map(\.name)) { noteOpen() }
    }

    /// Notes an operand for which a command has no parameter, where the command has to do with secrets.
    mutating func noteMisplaced(_ operand: Operand?, behind flag: Name? = nil, _ signature: CommandSignature) {
        guard let operand, let told, hasSecrets(signature) else { return }
        let meant = flag.flatMap { parameter($0.text, meantOf: signature) }
        if let meant, !meant.type.takesSecret, meant.form != .toggle { return }
        let isTelling = told.commands.contains(signature.name)
        let isCertain = meant.map { $0.type.takesSecret || isTelling } ?? (isTelling && flag == nil)
        note(value(operand).node, isCertain: isCertain)
    }

    /// The parameter that a flag stands for which a command does not have: `--api-secret` for `--api-secret-stdin`.
    private func parameter(_ flag: String, meantOf signature: CommandSignature) -> Parameter? {
        let names = signature.parameters.flatMap { [$0.name] + $0.aliases }
        let name = names.first { $0.hasPrefix(flag + "-") } ?? NearName.guess(for: flag, among: names)
        return signature.parameters.first { parameter in
            name.map { ([parameter.name] + parameter.aliases).contains($0) } ?? false
        }
    }

    private mutating func note(_ node: Node, isCertain: Bool) {
        let known = told?.certain.count ?? 0
        noteSecret(node)
        guard !isCertain, let all = told?.certain else { return }
        told?.possible += all[known...]
        told?.certain = Array(all[..<known])
    }

    /// Notes what a command is given that nobody knows: the values of flags that no command has, and where it may be a
    /// misspelt command that has to do with secrets, everything behind its words that no flag explains.
    mutating func noteUnknown(_ call: Call) {
        guard let told else { return }
        let suspects = vocabulary.commands.values.filter { $0.hasSecrets(told) }.map(\.firstWord)
        let words = vocabulary.commands.values.map(\.firstWord)
        if NearName.guess(for: call.name.text, among: words) == nil { self.told?.strangers.append(call.name.span) }
        let isSuspect = suspects.contains(call.name.text) || NearName.guess(for: call.name.text, among: suspects) != nil
        let plain = vocabulary.plainFlags(told.commands)
        var flag: String?
        for (place, argument) in call.arguments.enumerated() {
            switch argument {
            case .flag(let name, let value):
                if let value, !plain.contains(name.text) { note(self.value(value).node, isCertain: false) }
                flag = value == nil ? name.text : nil
            case .operand(let operand):
                let isDoubtful = flag.map { !plain.contains($0) } ?? (isSuspect && place > 0)
                if isDoubtful, operand.isWritten { note(value(operand).node, isCertain: false) }
                flag = nil
            }
        }
    }

    private func hasSecrets(_ signature: CommandSignature) -> Bool { told.map(signature.hasSecrets) ?? false }
}

extension Operand {
    /// Whether it is a text, or a list of texts, and no word of a command.
    fileprivate var isWritten: Bool {
        switch self {
        case .variable, .field, .group: false
        case .literal, .word, .list, .braces: true
        }
    }
}

extension CommandSignature {
    fileprivate func hasSecrets(_ told: ToldSecrets) -> Bool { hasSecrets(told.commands) }

    /// Whether it takes secrets, or is one of those that store or read them.
    func hasSecrets(_ telling: Set<String>) -> Bool {
        telling.contains(name) || parameters.contains { $0.type.takesSecret }
    }

    /// The first word of its name.
    var firstWord: String { String(name.prefix { $0 != " " }) }
}

extension Vocabulary {
    /// The flags of all commands that are never given a secret.
    func plainFlags(_ telling: Set<String>) -> Set<String> {
        let all = commands.values.flatMap { signature in
            signature.parameters.map { (parameter: $0, isSafe: !telling.contains(signature.name)) }
        }
        let secret = all.filter { $0.parameter.type.takesSecret }.flatMap { [$0.parameter.name] + $0.parameter.aliases }
        let plain = all.filter { $0.parameter.form != .toggle || $0.isSafe }
        return Set(plain.flatMap { [$0.parameter.name] + $0.parameter.aliases }).subtracting(secret)
    }

    /// The words of commands, flags, grammar and providers, which tell nobody anything.
    var words: Set<String> {
        let commands = self.commands.values.flatMap { signature in
            signature.name.split(separator: " ").map(String.init)
                + signature.parameters.flatMap { [$0.name] + $0.aliases }
        }
        return Set(commands).union(providers.keys).union(ReservedWords.all)
    }

    /// Whether tokens name no command that has to do with secrets, and have no flag that might.
    func isHarmless(_ tokens: [Token], _ source: SourceText, _ telling: Set<String>) -> Bool {
        let words = tokens.map { $0.kind == .word ? source.text($0.span) : "" }
        let flags = tokens.filter { $0.kind == .flag }.map { String(source.text($0.span).drop { $0 == "-" }) }
        let names = commands.values.filter { $0.hasSecrets(telling) }.map { $0.name.split(separator: " ") }
        let isNamed = names.contains { name in
            words.indices.contains { words[$0...].prefix(name.count).elementsEqual(name, by: { $0 == $1 }) }
        }
        return !isNamed && plainFlags(telling).isSuperset(of: flags)
    }
}

extension StageNode {
    /// Whether what comes out is a secret that is stored somewhere else.
    fileprivate var givesSecret: Bool {
        if case .call(let call) = self { call.output.unwrapped == .secret } else { false }
    }
}
