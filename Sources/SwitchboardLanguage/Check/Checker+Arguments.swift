/// What a call gives, by parameter name.
struct Arguments {
    var values: [String: Node] = [:]
    var spans: [String: Span] = [:]
    var types: [String: ValueType] = [:]
    var fieldPaths: [String: [FieldPath]] = [:]
    var schemas: [String: RecordType] = [:]
    /// The parameter whose value is being written; the outer nil where the place is in no argument.
    var atCursor: Parameter??
}

extension Checker {
    /// Assigns the written arguments to the signature's parameters.
    mutating func collect(
        _ arguments: ArraySlice<Argument>, of signature: CommandSignature, into given: inout Arguments
    ) {
        var positional = signature.parameters.filter { $0.form == .positional || $0.form == .rest }[...]
        var rest: [(node: Node, span: Span)] = []
        var index = arguments.startIndex
        while index < arguments.endIndex {
            defer { index += 1 }
            switch arguments[index] {
            case .flag(let name, var value):
                note(at: name.span) { _ in .flags(signature, given: Set(given.values.keys)) }
                if isAtCursor(name.span) { given.atCursor = .some(nil) }
                guard let parameter = flag(name, of: signature) else {
                    let behind = value == nil ? operand(arguments, after: index) : nil
                    if behind != nil { index += 1 }
                    noteMisplaced(value ?? behind, behind: name, signature)
                    continue
                }
                if parameter.form != .toggle, value == nil, index + 1 < arguments.endIndex,
                    case .operand(let next) = arguments[index + 1]
                {
                    value = next
                    index += 1
                }
                if let value, isAtCursor(value.span) { given.atCursor = parameter }
                if parameter.form == .toggle { noteMisplaced(value, signature) }
                if parameter.type.unwrapped == .schema, let value { noteColumns(value, signature, given) }
                take(value, as: parameter, flag: name, &given)
            case .operand(let operand):
                note(at: operand.span) { _ in .flags(signature, given: Set(given.values.keys)) }
                if isAtCursor(operand.span) { given.atCursor = .some(positional.first) }
                guard let parameter = positional.first else {
                    noteMisplaced(operand, signature)
                    surplus(operand, signature)
                    continue
                }
                if parameter.form == .rest {
                    let (node, _) = read(operand, as: parameter.type.element ?? parameter.type)
                    if case .fieldPath(let path) = node { given.fieldPaths[parameter.name, default: []].append(path) }
                    rest.append((node, operand.span))
                } else {
                    positional = positional.dropFirst()
                    store(operand, as: parameter, &given)
                }
            }
        }
        if let parameter = positional.first, let last = rest.last {
            given.values[parameter.name] = .list(rest.map(\.node), span: last.span)
        }
    }

    /// After an unknown flag the operand behind it is most likely its value, so that it causes no second fault.
    private func operand(_ arguments: ArraySlice<Argument>, after index: Int) -> Operand? {
        guard index + 1 < arguments.endIndex, case .operand(let operand) = arguments[index + 1] else { return nil }
        return operand
    }

    private mutating func take(
        _ value: Operand?, as parameter: Parameter, flag name: Name, _ given: inout Arguments
    ) {
        if given.values[parameter.name] != nil {
            let twice = "--\(parameter.name) is given twice"
            report(
                .flagTwice, name.text == parameter.name ? twice : "\(twice), here as --\(name.text)", at: name.span)
        }
        switch (parameter.form, value) {
        case (.toggle, nil):
            given.values[parameter.name] = .literal(text: "true", type: .bool, span: name.span)
            given.spans[parameter.name] = name.span
        case (.toggle, let value?):
            report(.missingFlagValue, "--\(parameter.name) takes no value", at: value.span)
        case (_, nil):
            report(.missingFlagValue, "--\(parameter.name) needs a value: \(article(parameter.type))", at: name.span)
            given.values[parameter.name] = .literal(text: "nothing", type: .nothing, span: name.span)
        case (_, let value?): store(value, as: parameter, &given)
        }
    }

    private mutating func store(_ operand: Operand, as parameter: Parameter, _ given: inout Arguments) {
        let (node, type) = read(operand, as: parameter.isRequired ? parameter.type : parameter.type.orNothing)
        given.values[parameter.name] = node
        given.types[parameter.name] = type
        given.spans[parameter.name] = operand.span
        if case .fieldPath(let path) = node { given.fieldPaths[parameter.name] = [path] }
        if case .schema(let record) = node { given.schemas[parameter.name] = record }
    }

    private mutating func flag(_ name: Name, of signature: CommandSignature) -> Parameter? {
        let flags = signature.parameters.filter { $0.form != .rest }
        if let found = flags.first(where: { $0.name == name.text || $0.aliases.contains(name.text) }) { return found }
        let names = flags.filter { $0.form != .positional }.map(\.name)
        let near = NearName.guess(for: name.text, among: names).map { "did you mean '--\($0)'?" }
        let isOfRows = RowFlags.parameters.contains { $0.name == name.text }
        report(
            .unknownFlag, "'\(signature.name)' has no flag --\(name.text)", at: name.span,
            help: isOfRows ? "it is for rows: put a list and a | in front" : near ?? known(names.map { "--" + $0 }))
        return nil
    }

    private mutating func surplus(_ operand: Operand, _ signature: CommandSignature) {
        let positional = signature.parameters.filter { $0.form == .positional }
        let count = positional.count
        let takes =
            count == 0 ? "takes no argument" : "takes \(count) argument\(count == 1 ? "" : "s")"
        let isText = if case .word = operand { positional.last?.type == .string } else { false }
        report(
            .surplusArgument, "'\(signature.name)' \(takes) here, and this is one more", at: operand.span,
            help: isText ? "quote a text that has blanks" : nil)
    }

    // MARK: What flows in

    /// How what flows in reaches the parameters; behind a fault, as if that came out at run time only, so that one
    /// cause has one fault.
    mutating func bind(
        _ input: ValueType?, to signature: CommandSignature, given: inout Arguments, at span: Span
    ) -> InputBinding {
        guard let input else { return .none }
        switch signature.input {
        case .none:
            report(.cannotFlow, "'\(signature.name)' takes nothing that flows in", at: span)
            return .late
        case .whole, .eachItem: return .whole
        case .items: break
        }
        let item = input.element ?? input
        if item == .any { return .late }
        if let main = signature.parameters.first(where: { $0.isMain }), given.values[main.name] == nil,
            TypeRules.fit(item, into: main.type) != .no
        {
            return .main(main.name)
        }
        guard let record = item.record else {
            report(.cannotFlow, "'\(signature.name)' cannot take \(article(item))", at: span)
            return .late
        }
        return bindFields(of: record, to: signature, given, at: span)
    }

    private mutating func bindFields(
        of record: RecordType, to signature: CommandSignature, _ given: Arguments, at span: Span
    ) -> InputBinding {
        if record.name != nil, signature.effect >= .spends {
            report(
                .typedRecordSpends, "'\(signature.name)' does not take \(article(.record(record)))", at: span,
                help: mainTypes(signature).map { "it takes \($0)" })
            return .late
        }
        var bound: [String: String] = [:]
        var strangers: [String] = []
        for field in record.fields {
            let name = field.name.replacing("_", with: "-")
            guard let parameter = signature.parameters.first(where: { $0.name == name || $0.aliases.contains(name) })
            else {
                if !record.carriesUnbound && record.name == nil { strangers.append(field.name) }
                continue
            }
            if given.values[parameter.name] != nil { continue }
            if bound[parameter.name] != nil {
                report(.twoFieldsCompete, "two fields bind to --\(parameter.name)", at: span)
            }
            if TypeRules.fit(field.type, into: parameter.type.orNothing) == .no {
                report(
                    .wrongType,
                    "field '\(field.name)' is \(article(field.type)), and --\(parameter.name) of "
                        + "'\(signature.name)' takes \(article(parameter.type))", at: span,
                    help: parameter.type.takesSecret ? form(of: parameter.type) : nil)
            }
            bound[parameter.name] = field.name
        }
        if bound.isEmpty && !record.isOpen {
            report(
                .cannotFlow, "nothing of \(record.name ?? "this record") binds to '\(signature.name)'", at: span,
                help: mainTypes(signature).map { "it takes \($0)" })
            return .late
        }
        let others = record.fields.map(\.name).filter { !strangers.contains($0) }
        for stranger in strangers { unbound(stranger, signature, beside: others, span) }
        return record.isOpen ? .late : .fields(bound)
    }

    private func mainTypes(_ signature: CommandSignature) -> String? {
        signature.parameters.first { $0.isMain }.map { article($0.type) }
    }

    private mutating func unbound(
        _ field: String, _ signature: CommandSignature, beside others: [String], _ span: Span
    ) {
        let names = signature.parameters.map { $0.name.replacing("-", with: "_") }
        let near = NearName.guess(for: field, among: names)
        report(
            .unboundField, "field '\(field)' binds to no parameter of '\(signature.name)'", at: span,
            help: near.map { "did you mean '\($0)'?" }
                ?? "leave it out: put select \(others.map { "." + $0 }.joined(separator: " ")) | in front")
    }

    mutating func checkRequired(
        _ signature: CommandSignature, _ given: Arguments, _ binding: InputBinding, _ span: Span
    ) {
        for parameter in signature.parameters where parameter.isRequired && given.values[parameter.name] == nil {
            switch binding {
            case .late: continue
            case .main(parameter.name): continue
            case .fields(let fields) where fields[parameter.name] != nil: continue
            default: break
            }
            let shown = parameter.form == .flag ? "--\(parameter.name)" : parameter.name.uppercased()
            report(
                .missingArgument, "'\(signature.name)' needs \(shown): \(parameter.help)", at: span,
                help: parameter.type == .provider ? known(vocabulary.providers.keys.sorted()) : nil)
        }
    }
}
