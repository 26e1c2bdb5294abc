extension Checker {
    mutating func expression(_ expression: Expression) -> (node: Node, type: ValueType) {
        switch expression {
        case .operand(let operand): return value(operand)
        case .not(let inner, let span): return (.not(condition(inner), span: span), .bool)
        case .binary(let op, let left, let right, let opSpan): return binary(op, left, right, opSpan)
        }
    }

    private mutating func binary(
        _ op: BinaryOperator, _ left: Expression, _ right: Expression, _ span: Span
    ) -> (node: Node, type: ValueType) {
        if op == .and || op == .or {
            return (.binary(op, condition(left), condition(right), span: span), .bool)
        }
        let (one, oneType) = expression(left)
        let (other, otherType) = expression(right)
        tellName(in: right, beside: oneType)
        tellName(in: left, beside: otherType)
        let node = Node.binary(op, one, other, span: span)
        checkCurrencies(one, other, span)
        let (oneSide, otherSide) = ((one, oneType), (other, otherType))
        let bool = ValueType.bool
        switch op {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            let isOrder = op != .equal && op != .notEqual
            if !TypeRules.comparable(oneType, otherType) {
                notComparable(oneType, otherType, left, right, span)
            } else if isOrder, let type = [oneType, otherType].first(where: hasNoOrder) {
                report(.notComparable, "\(article(type.unwrapped)) has no order", at: span)
            }
            checkWords(oneSide, otherSide)
            if isOrder { return (node, bool) }
            noteCompared(right, with: oneType.unwrapped)
            noteCompared(left, with: otherType.unwrapped)
        case .in:
            membership(oneType, of: otherType, span)
            checkMember(oneSide, of: otherSide)
            noteCompared(right, with: .list(oneType.unwrapped))
        case .has:
            noteCompared(right, with: oneType.unwrapped.element ?? .any)
            membership(otherType, of: oneType, span)
            checkMember(otherSide, of: oneSide)
        case .matches:
            for (type, side) in [(oneType, left), (otherType, right)] where !isTextual(type) {
                report(.badOperands, "'matches' compares texts, and this is \(article(type))", at: side.span)
            }
        case .orElse:
            if case .optional(let inner) = oneType { return (node, TypeRules.join(inner, otherType)) }
            return (node, TypeRules.join(oneType, otherType))
        case .plus, .minus, .times, .divided: return (node, arithmetic(op, oneType, otherType, span))
        case .and, .or: break
        }
        return (node, bool)
    }

    private mutating func arithmetic(
        _ op: BinaryOperator, _ left: ValueType, _ right: ValueType, _ span: Span
    ) -> ValueType {
        if let type = TypeRules.arithmetic(op, left, right) { return type }
        let (one, other) = (left.unwrapped, right.unwrapped)
        report(
            .badOperands, "'\(op.rawValue)' does not work on \(article(one)) and \(article(other))", at: span,
            help: arithmeticHelp(op, one, other))
        return .any
    }

    private func arithmeticHelp(_ op: BinaryOperator, _ one: ValueType, _ other: ValueType) -> String? {
        if op == .plus, one == .string || other == .string {
            return "texts are joined by writing them into one string: \"$a$b\""
        }
        guard op == .plus || op == .minus else { return nil }
        return one == .money || other == .money ? form(of: .money) : nil
    }

    /// Amounts of two currencies that are written out never meet; those of variables meet at run time at the earliest.
    private mutating func checkCurrencies(_ left: Node, _ right: Node, _ span: Span) {
        guard case .literal(let one, .money, _) = left, case .literal(let other, .money, _) = right,
            one.suffix(3) != other.suffix(3)
        else { return }
        report(
            .badOperands, "\(one) and \(other) are of two currencies", at: span,
            help: "no rate of exchange is known; keep to one currency")
    }

    private func hasNoOrder(_ type: ValueType) -> Bool {
        switch type.unwrapped {
        case .list, .record, .bool, .rate: true
        default: false
        }
    }

    private func isTextual(_ type: ValueType) -> Bool {
        switch type.unwrapped {
        case .any, .nothing, .phone, .id: true
        default: TypeRules.isPlainText(type.unwrapped)
        }
    }

    private mutating func notComparable(
        _ left: ValueType, _ right: ValueType, _ leftSide: Expression, _ rightSide: Expression, _ span: Span
    ) {
        let (one, other) = (left.unwrapped, right.unwrapped)
        report(
            .notComparable, "\(article(one)) cannot be compared with \(article(other))", at: span,
            help: spelling(rightSide, as: one) ?? spelling(leftSide, as: other))
    }

    /// How a literal would be written as a value of the type.
    private func spelling(_ side: Expression, as type: ValueType) -> String? {
        guard case .operand(.literal(let literal)) = side else { return nil }
        if case .string = literal.kind {
            if let help = byName(literal.bareText, as: type) { return help }
            return Reading.fits(literal.bareText, type) && TypeRules.isReadable(type)
                ? "write it without quotes: \(literal.bareText)" : form(of: type)
        }
        switch type {
        case _ where TypeRules.isPlainText(type): return "quote it: '\(literal.text)'"
        case .phone where Reading.fits("+\(literal.text)", .phone): return "write +\(literal.text)"
        case .money where literal.kind == .number: return "an amount has its currency: \(literal.text)USD"
        default: return form(of: type)
        }
    }

    /// The id of what is called so, where a command gets that; nil for what is an id itself.
    private func byName(_ text: String, as type: ValueType) -> String? {
        guard case .id(let kind?) = type.unwrapped, vocabulary.commands["\(kind) get"] != nil,
            vocabulary.readID(text) == .noID
        else { return nil }
        let isBare = text.utf8.allSatisfy { Byte.isNameByte($0) || $0 == UInt8(ascii: "-") }
        return "this is an id; write (\(kind) get \(isBare ? text : "'\(text)'")).id"
    }

    /// A bare word beside an id is a name, which a quoted text would not be either.
    private mutating func tellName(in side: Expression, beside type: ValueType) {
        guard case .operand(.word(let name)) = side, let help = byName(name.text, as: type) else { return }
        let place = diagnostics.lastIndex { $0.code == CheckFault.bareWord.rawValue && $0.span == name.span }
        if let place { diagnostics[place].help = help }
    }

    /// What was meant by a bare word: a field, a variable, a command's value, or a text.
    private func help(onBare word: String) -> String {
        let fields = item?.unwrapped.record?.fields.map(\.name) ?? []
        if fields.contains(word) { return "did you mean '.\(word)'?" }
        if lookUp(word) != nil { return "did you mean '$\(word)'?" }
        if vocabulary.commands[word] != nil || defs.states[word] != nil { return "did you mean '(\(word))'?" }
        return NearName.help(for: word, among: ReservedWords.literals) ?? "quote it: '\(word)'"
    }

    private mutating func membership(_ item: ValueType, of container: ValueType, _ span: Span) {
        switch container.unwrapped {
        case .any, .nothing, .record: return
        case .list(let element):
            if !TypeRules.comparable(item, element) {
                report(.notComparable, "a \(container) never holds \(article(item))", at: span)
            }
        case .string, .choice, .phone, .path:
            if !isTextual(item) { report(.notComparable, "a text never holds \(article(item))", at: span) }
        default: report(.badOperands, "nothing is in \(article(container))", at: span)
        }
    }

    // MARK: Operands without a slot

    /// The value of an operand where the form of a literal decides its type.
    mutating func value(_ operand: Operand) -> (node: Node, type: ValueType) {
        switch operand {
        case .literal(let literal): return self.literal(literal)
        case .word(let name):
            switch vocabulary.readID(name.text) {
            case .id(let kind): return (.literal(text: name.text, type: .id(kind), span: name.span), .id(kind))
            case .broken(let kind, let expected):
                report(.wrongID, "'\(name.text)' is no id<\(kind)>", at: name.span, help: expected)
            case .noID:
                report(
                    .bareWord, "'\(name.text)' is a bare word, and this is an expression", at: name.span,
                    help: help(onBare: name.text))
            }
            return (.literal(text: name.text, type: .string, span: name.span), .any)
        case .variable(let name, let path):
            note(at: name.span) { .names($0.visibleVariables) }
            guard let variable = lookUp(name.text) else { return unknownVariable(name) }
            return fields(path, of: (.slot(variable.slot, span: name.span), variable.type))
        case .field(let path, let span):
            guard let item else {
                report(
                    .noItem, "no item flows in here, so '.\(path[0].name)' has no record to look in", at: span,
                    help: "a field stands behind a |, or behind a name: $name.\(path[0].name)")
                return (.item(span: span), .any)
            }
            return fields(path, of: (.item(span: span), item))
        case .list(let operands, let span):
            let items = operands.map { value($0) }
            let element = items.dropFirst().reduce(items.first?.type ?? .any) { TypeRules.join($0, $1.type) }
            return (.list(items.map(\.node), span: span), .list(element))
        case .braces(let entries, let span): return record(entries, span)
        case .group(let side, let path, _):
            let outer = item
            defer { item = outer }
            return fields(path, of: rightSide(side))
        }
    }

    /// Names that the prompt binds, and nobody else.
    private static let ofPrompt = [
        "_": "it is what the prompt has shown last, and nothing was shown yet",
        "_error": "it is the prompt's last error, and there was none yet",
    ]

    private mutating func unknownVariable(_ name: Name) -> (node: Node, type: ValueType) {
        let near = NearName.guess(for: name.text, among: visibleNames)
        let scope = defs.chain.isEmpty ? nil : "a def sees its parameters only: give it one for what it needs"
        report(
            .unknownVariable, "no name '$\(name.text)' is bound here", at: name.span,
            help: near.map { "did you mean '$\($0)'?" } ?? scope ?? Self.ofPrompt[name.text])
        return (.literal(text: "nothing", type: .nothing, span: name.span), .any)
    }

    private mutating func record(_ entries: [BraceEntry], _ span: Span) -> (node: Node, type: ValueType) {
        var fields: [RecordType.Field] = []
        var values: [(name: String, value: Node)] = []
        var names: Set<String> = []
        for entry in entries {
            guard let expression = entry.value else {
                report(.wrongType, "a type stands here where a value is wanted", at: entry.name.span)
                continue
            }
            let (node, type) = self.expression(expression)
            if !names.insert(entry.name.text).inserted {
                report(.nameTaken, "the record has two fields '\(entry.name.text)'", at: entry.name.span)
            }
            fields.append(.init(entry.name.text, type))
            values.append((entry.name.text, node))
            told?.entries.append((entry.name.text, node))
        }
        let type = RecordType(fields: fields)
        return (.record(values, type: type, span: span), .record(type))
    }

    private mutating func literal(_ literal: Literal) -> (node: Node, type: ValueType) {
        told?.loose.append(literal.span)
        if case .string(let parts) = literal.kind { return (string(parts, literal.span), .string) }
        let type = naturalType(literal)
        if !Reading.fits(literal.text, type) { badLiteral(literal.text, type, literal.span) }
        return (.literal(text: literal.text, type: type, span: literal.span), type)
    }

    func naturalType(_ literal: Literal) -> ValueType {
        switch literal.kind {
        case .phone: .phone
        case .money: .money
        case .duration: .duration
        case .rate: .rate
        case .time: .time
        case .bool: .bool
        case .nothing: .nothing
        case .path: .path
        case .string: .string
        case .number: literal.text.contains(".") ? .decimal : .int
        }
    }

    mutating func string(_ parts: [StringPart], _ span: Span) -> Node {
        .string(
            parts.map { part in
                switch part {
                case .text(let text): .text(text)
                case .variable(let name, let path): textual(.variable(name, path: path))
                case .field(let path, let span): textual(.field(path: path, span: span))
                }
            }, span: span)
    }

    private mutating func textual(_ operand: Operand) -> Node {
        let (node, type) = value(operand)
        if type.unwrapped == .secret {
            report(
                .wrongType, "a secret never becomes part of a text", at: operand.span,
                help: "give it to a command that takes one, as (secret NAME)")
        }
        return node
    }

    // MARK: Fields

    mutating func fields(
        _ path: [FieldAccess], of value: (node: Node, type: ValueType)
    ) -> (node: Node, type: ValueType) {
        path.reduce(into: value) { value, access in
            let type = field(access, of: value.type)
            value = (.field(value.node, name: access.name, isOptional: access.isOptional, span: access.span), type)
        }
    }

    mutating func field(_ access: FieldAccess, of type: ValueType) -> ValueType {
        note(at: access.span) { _ in .fields(type) }
        switch type {
        case .any: return .any
        case .optional(let inner): return field(access, of: inner).orNothing
        case .record(let record):
            if let found = record.type(of: access.name) { return found }
            if access.isOptional || record.isOpen { return record.isOpen ? .any : .nothing }
            let names = record.fields.map(\.name)
            report(
                .unknownField, "no field '\(access.name)' on \(record.name ?? "this record")", at: access.span,
                help: NearName.help(for: access.name, among: names) ?? known(names))
        case .list:
            report(
                .unknownField, "a list has no field '\(access.name)'", at: access.span,
                help: "take one item first: | first")
        default: report(.unknownField, "\(article(type)) has no field '\(access.name)'", at: access.span)
        }
        return .any
    }

    func known(_ names: [String]) -> String? {
        names.isEmpty ? nil : "there are: \(names.joined(separator: " "))"
    }
}
