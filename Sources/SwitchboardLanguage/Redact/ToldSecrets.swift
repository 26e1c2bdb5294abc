/// What the checker finds out about secrets that are written into a text.
struct ToldSecrets {
    /// The commands that store or read secrets without a parameter for them; whatever is written there and has no
    /// parameter may be one.
    let commands: Set<String>
    /// Where a secret stands, or may stand.
    var spans: [Span] = []
    /// The fields of records that bind to a parameter which takes a secret.
    var fields: Set<String> = []
    /// The fields of the records that are written out, with their values.
    var entries: [(name: String, value: Node)] = []
}

extension Checker {
    /// Notes the texts that a value is made of, which a slot for secrets gets.
    mutating func noteSecret(_ node: Node) {
        switch node {
        case .literal(_, .nothing, let span) where !diagnostics.contains(where: { $0.span == span }): break
        case .literal(_, _, let span), .string(_, let span), .record(_, _, let span), .branch(_, _, _, let span):
            told?.spans.append(span)
        case .list(let nodes, _): nodes.forEach { noteSecret($0) }
        case .convert(let inner, _, _): noteSecret(inner)
        case .binary(_, let left, let right, _):
            noteSecret(left)
            noteSecret(right)
        case .slot(let slot, _): if let value = program.constants[slot] { noteSecret(value) }
        case .field(_, let name, _, _): told?.fields.insert(name)
        case .pipeline(let head, _, _): if let head { noteSecret(head) }
        case .text, .item, .schema, .fieldPath, .not: break
        }
    }

    /// Notes an operand for which a command has no parameter, where the command has to do with secrets.
    mutating func noteMisplaced(_ operand: Operand?, _ signature: CommandSignature) {
        guard let operand, told != nil, hasSecrets(signature) else { return }
        noteSecret(value(operand).node)
    }

    /// Notes what a command is given that nobody knows: the values of flags that no command has, and where it may be a
    /// misspelt command that has to do with secrets, everything behind its words that no flag explains.
    mutating func noteUnknown(_ call: Call) {
        guard let told else { return }
        let suspects = vocabulary.commands.values.filter { $0.hasSecrets(told) }.map(\.firstWord)
        let isSuspect = suspects.contains(call.name.text) || NearName.guess(for: call.name.text, among: suspects) != nil
        let plain = vocabulary.plainFlags(told.commands)
        var flag: String?
        for (place, argument) in call.arguments.enumerated() {
            switch argument {
            case .flag(let name, let value):
                if let value, !plain.contains(name.text) { noteSecret(self.value(value).node) }
                flag = value == nil ? name.text : nil
            case .operand(let operand):
                let isDoubtful = flag.map { !plain.contains($0) } ?? (isSuspect && place > 0)
                if isDoubtful, operand.isWritten { noteSecret(value(operand).node) }
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
}
