extension Checker {
    /// Reads an operand as the value of a slot: a bare token is read by the slot's type.
    mutating func read(_ operand: Operand, as slot: ValueType) -> (node: Node, type: ValueType) {
        let result = reading(operand, as: slot)
        if told != nil, slot.takesSecret { noteSecret(result.node) }
        return result
    }

    private mutating func reading(_ operand: Operand, as slot: ValueType) -> (node: Node, type: ValueType) {
        let wanted = slot.unwrapped
        noteValue(operand, wanted)
        switch operand {
        case .literal(let literal):
            if case .nothing = literal.kind, case .optional = slot { return (nothing(literal.span), .nothing) }
            return readLiteral(literal, as: wanted)
        case .word(let name): return readWord(name, as: wanted)
        case .field(let path, let span) where wanted == .fieldPath:
            checkPath(path, span)
            return (.fieldPath(FieldPath(path.map { .init($0.name, isOptional: $0.isOptional) })), .fieldPath)
        case .braces(let entries, let span) where wanted == .schema: return schema(entries, span)
        case .list(let operands, let span):
            guard case .list(let element) = listType(in: wanted) else { break }
            return (.list(operands.map { read($0, as: element).node }, span: span), .list(element))
        default: break
        }
        let (node, type) = value(operand)
        return (coerce(node, type, into: slot, at: operand.span), slot == .any ? type : slot)
    }

    private func listType(in type: ValueType) -> ValueType {
        if case .either(let types) = type, let list = types.first(where: { $0.element != nil }) { return list }
        return type
    }

    private func nothing(_ span: Span) -> Node { .literal(text: "nothing", type: .nothing, span: span) }

    /// Makes a value fit its slot, or reports why it does not.
    mutating func coerce(_ node: Node, _ type: ValueType, into slot: ValueType, at span: Span? = nil) -> Node {
        switch TypeRules.fit(type, into: slot) {
        case .asIs: return node
        case .convert:
            let wanted = slot.unwrapped
            if case .string(let pieces, _) = node, case .text(let text)? = pieces.first ?? .text(""), pieces.count <= 1,
                TypeRules.isReadable(wanted), !Reading.fits(text, wanted)
            {
                badLiteral(text, wanted, span ?? node.span)
            }
            return .convert(node, to: slot, span: span ?? node.span)
        case .no:
            report(
                .wrongType, "\(article(slot.unwrapped)) is wanted here, and this is \(article(type))",
                at: span ?? node.span, help: slot.takesSecret ? form(of: slot) : nil)
            return node
        }
    }

    private mutating func readLiteral(_ literal: Literal, as type: ValueType) -> (node: Node, type: ValueType) {
        if case .string(let parts) = literal.kind { return readString(parts, literal, as: type) }
        switch type {
        case .any: return value(.literal(literal))
        case .list(let element):
            return (.list([read(.literal(literal), as: element).node], span: literal.span), type)
        case .either(let types):
            guard let first = types.first(where: { fits(literal, $0) }) else {
                badLiteral(literal.text, type, literal.span)
                return (nothing(literal.span), type)
            }
            return readLiteral(literal, as: first)
        default:
            if !fits(literal, type) { badLiteral(literal.text, type, literal.span) }
            return (.literal(text: literal.text, type: type, span: literal.span), type)
        }
    }

    private func fits(_ literal: Literal, _ type: ValueType) -> Bool {
        switch type {
        case .string, .path, .any: true
        case .list(let element): fits(literal, element)
        case .provider, .choice, .id, .schema, .record, .fieldPath, .secret: false
        default: Reading.fits(literal.text, type)
        }
    }

    mutating func badLiteral(_ text: String, _ type: ValueType, _ span: Span) {
        if type.takesSecret {
            report(.wrongType, "a secret is never written into a statement", at: span, help: form(of: type))
        } else {
            report(.badLiteral, "'\(text)' is not \(article(type))", at: span, help: help(on: text, as: type))
        }
    }

    /// What helps with a text that is none of the type: what it is too much for, what was meant, or the type's form.
    private func help(on text: String, as type: ValueType) -> String? {
        let hasForm = Reading.hasForm(text, of: type)
        switch type {
        case .int where hasForm && !text.contains("."): return "an int has 64 bits: \(Int64.min) to \(Int64.max)"
        case .decimal where hasForm: return "a decimal has at most 34 digits"
        case .fieldPath where !text.isEmpty: return "a field is written with a point: .\(text)"
        case .duration where hasForm: return "a duration is shorter than 292 million years"
        case .money where hasForm:
            let code = String(text.suffix(3))
            return NearName.help(for: code, among: Currency.codes) ?? "'\(code)' is no currency of ISO 4217"
        default: return form(of: type)
        }
    }

    func form(of type: ValueType) -> String? {
        switch type {
        case _ where type.takesSecret: "store it with: secret set NAME, then give (secret NAME)"
        case .phone: "a number is written in E.164 form, such as +14155550100"
        case .money: "an amount is written with its currency, such as 2.00USD"
        case .duration: "a duration is written such as 90s, 15m or 1h30m"
        case .time: "a time is written such as 2026-11-20 or 2026-11-20T08:00:00Z"
        case .rate: "a rate is written such as 5/s or 10/m"
        case .bool: "write true or false"
        case .int: "a whole number is written such as 5 or -2"
        case .either(let types): types.lazy.compactMap(form).first
        default: nil
        }
    }

    private mutating func readString(
        _ parts: [StringPart], _ literal: Literal, as type: ValueType
    ) -> (node: Node, type: ValueType) {
        guard case .text(let text)? = parts.first ?? .text(""), parts.count <= 1 else {
            return (coerce(string(parts, literal.span), .string, into: type, at: literal.span), type)
        }
        switch type {
        case .any, .string, .path:
            if type == .any { told?.loose.append(literal.span) }
            return (string(parts, literal.span), .string)
        case .list(let element): return (.list([read(.literal(literal), as: element).node], span: literal.span), type)
        case .either(let types):
            guard let first = types.first(where: { Self.readsText(text, as: $0) }) else { break }
            return readString(parts, literal, as: first)
        case .choice, .provider, .id: return readWord(Name(text, literal.span), as: type)
        default:
            if Reading.fits(text, type) && TypeRules.isReadable(type) {
                return (.literal(text: text, type: type, span: literal.span), type)
            }
        }
        badLiteral(text, type, literal.span)
        return (nothing(literal.span), type)
    }

    private static func readsText(_ text: String, as type: ValueType) -> Bool {
        switch type {
        case .string, .path, .id: true
        case .list(let element): readsText(text, as: element)
        default: TypeRules.isReadable(type) && Reading.fits(text, type)
        }
    }

    private mutating func readWord(_ name: Name, as type: ValueType) -> (node: Node, type: ValueType) {
        let literal = Node.literal(text: name.text, type: type, span: name.span)
        switch type {
        case .string, .path: return (.literal(text: name.text, type: .string, span: name.span), type)
        case .choice(let words):
            if !words.contains(name.text) {
                let near = NearName.guess(for: name.text, among: words)
                report(
                    .badChoice, "'\(name.text)' is none of \(words.joined(separator: ", "))", at: name.span,
                    help: near.map { "did you mean '\($0)'?" })
            }
        case .provider:
            if vocabulary.providers[name.text] == nil {
                let near = NearName.guess(for: name.text, among: Array(vocabulary.providers.keys))
                report(
                    .unknownProvider, "no provider '\(name.text)' is registered", at: name.span,
                    help: near.map { "did you mean '\($0)'?" } ?? known(vocabulary.providers.keys.sorted()))
            } else {
                program.providers.insert(name.text)
            }
        case .id(let kind): checkID(name, kind)
        case .list(let element): return (.list([readWord(name, as: element).node], span: name.span), type)
        case .either(let types):
            guard let first = types.first(where: { wordFits(name.text, $0) }) else {
                badLiteral(name.text, type, name.span)
                return (nothing(name.span), type)
            }
            return readWord(name, as: first)
        case .any: return value(.word(name))
        default:
            if !Reading.fits(name.text, type) || !TypeRules.isReadable(type) { badLiteral(name.text, type, name.span) }
        }
        return (literal, type)
    }

    private func wordFits(_ word: String, _ type: ValueType) -> Bool {
        switch type {
        case .id(let wanted):
            if case .id(let kind) = vocabulary.readID(word) { wanted == nil || wanted == kind } else { false }
        case .list(let element): wordFits(word, element)
        case .record, .schema, .fieldPath, .secret: false
        default: Reading.fits(word, type)
        }
    }

    /// An agent slot takes an agent's name too; every other id slot takes ids of its kind only.
    private mutating func checkID(_ name: Name, _ wanted: String?) {
        switch vocabulary.readID(name.text) {
        case .id(let kind):
            if let wanted, kind != wanted {
                report(.wrongID, "'\(name.text)' is an id<\(kind)>, and an id<\(wanted)> is wanted here", at: name.span)
            }
        case .broken(let kind, let expected):
            report(.wrongID, "'\(name.text)' is no id<\(kind)>", at: name.span, help: expected)
        case .noID:
            if wanted != "agent" {
                report(.wrongID, "'\(name.text)' is no \(wanted.map { "id<\($0)>" } ?? "id")", at: name.span)
            }
        }
    }

    private mutating func checkPath(_ path: [FieldAccess], _ span: Span) {
        guard var type = item else { return }
        for access in path { type = field(access, of: type) }
    }

    // MARK: Types as written

    mutating func type(_ syntax: TypeSyntax) -> ValueType? {
        note(at: syntax.name.span) { .type(Self.typeNames + $0.vocabulary.records.keys) }
        guard let type = plainType(syntax) else {
            let names = Self.typeNames + vocabulary.records.keys.sorted()
            report(
                .unknownType, "no type '\(syntax.name.text)'", at: syntax.span,
                help: NearName.help(for: syntax.name.text, among: names) ?? known(names))
            return nil
        }
        return syntax.isOptional ? type.orNothing : type
    }

    private static let typeNames = ValueType.simple.keys.sorted() + ["list"]

    private mutating func plainType(_ syntax: TypeSyntax) -> ValueType? {
        if let simple = ValueType.simple[syntax.name.text], syntax.arguments.isEmpty { return simple }
        switch (syntax.name.text, syntax.arguments.count) {
        case (let name, 0) where vocabulary.records[name] != nil: return vocabulary.records[name].map { .record($0) }
        case ("list", 0): return .list(.any)
        case ("list", 1): return .list(type(syntax.arguments[0]) ?? .any)
        case ("id", 1): return idKind(syntax.arguments[0].name).map { .id($0) } ?? .any
        default: return nil
        }
    }

    private mutating func idKind(_ name: Name) -> String? {
        if vocabulary.idKinds.isEmpty || vocabulary.idKinds.contains(name.text) { return name.text }
        report(
            .unknownType, "no id is of the kind '\(name.text)'", at: name.span,
            help: NearName.help(for: name.text, among: vocabulary.idKinds) ?? known(vocabulary.idKinds.sorted()))
        return nil
    }

    private mutating func schema(_ entries: [BraceEntry], _ span: Span) -> (node: Node, type: ValueType) {
        var fields: [RecordType.Field] = []
        var names: Set<String> = []
        for entry in entries {
            guard let syntax = entry.type else {
                report(.unknownType, "a column is declared with its type, such as {site: string}", at: entry.name.span)
                continue
            }
            let type = type(syntax) ?? .any
            if !names.insert(entry.name.text).inserted {
                report(.nameTaken, "column '\(entry.name.text)' is declared twice", at: entry.name.span)
            }
            fields.append(.init(entry.name.text, type))
        }
        return (.schema(RecordType(fields: fields, carriesUnbound: true)), .schema)
    }
}
