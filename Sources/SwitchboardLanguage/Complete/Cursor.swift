/// What the checker finds out about the place where a text is to be completed.
struct Cursor {
    /// The offset of the letter that stands there for what is not written yet.
    let offset: Int
    /// Whether a string stands at the place whose end is not written yet.
    var isQuoted = false
    /// Whether nothing of the word is written yet.
    var isBlank = false
    /// The columns of a data file, by its path as written; none for one that cannot be read.
    var columns: @Sendable (String) -> [String] = { _ in [] }
    var wanted: [Wanted] = []
    /// The innermost call around the place.
    var call: OpenCall?

    /// What may stand at the place.
    enum Wanted {
        /// A command, the words in front of the place being its first ones.
        case commands([CommandSignature], behind: [String])
        /// A flag of the command that is not given yet.
        case flags(CommandSignature, given: Set<String>)
        /// A bare token that is read by this type; `item` is what flows in.
        case value(ValueType, item: ValueType?)
        /// A text or a literal that is compared with a value of this type.
        case compared(ValueType)
        /// A field of a value of this type.
        case fields(ValueType)
        /// `$name`.
        case names([(name: String, type: ValueType)])
        case type([String])
        /// Columns of a data file, by name.
        case columns([String])
        /// Pages of help, the words in front of the place being the first ones of their names.
        case pages(behind: [String])
    }
}

extension Lexer {
    /// Whether a text is a single token of this kind.
    fileprivate static func isOneToken(_ text: String, _ kind: Token.Kind) -> Bool {
        tokens(of: SourceText(name: "", text: text)).tokens.map(\.kind) == [kind, .end]
    }
}

extension Operand {
    /// Whether it is a bare word or path, which the slot reads.
    var isBare: Bool {
        switch self {
        case .word: true
        case .literal(let literal): literal.kind == .path
        default: false
        }
    }

    /// Whether it is a string.
    var isString: Bool {
        if case .literal(let literal) = self, case .string = literal.kind { true } else { false }
    }
}

extension Checker {
    /// Notes what may stand at a place, where that is the cursor's.
    mutating func note(at span: Span, _ wanted: (Checker) -> Cursor.Wanted) {
        guard let offset = cursor?.offset, span.start <= offset, offset < span.end else { return }
        let wanted = wanted(self)
        cursor?.wanted.append(wanted)
    }

    /// Whether the cursor stands in it.
    func isAtCursor(_ span: Span) -> Bool {
        cursor.map { span.start <= $0.offset && $0.offset < span.end } ?? false
    }

    /// Notes the values that may stand in an operand: a bare token, or a string that is being written.
    mutating func noteValue(_ operand: Operand, _ wanted: ValueType) {
        if isWritten(operand) { note(at: operand.span) { .value(wanted, item: $0.item) } }
    }

    /// Notes the values with which one of this type may be compared: a bare token, a string that is being written, or one
    /// of those in a list.
    mutating func noteCompared(_ side: Expression, with type: ValueType) {
        if case .operand(let operand) = side { noteCompared(operand, with: type) }
    }

    private mutating func noteCompared(_ operand: Operand, with type: ValueType) {
        if case .list(let items, _) = operand { return items.forEach { noteCompared($0, with: type.element ?? type) } }
        if isWritten(operand) { note(at: operand.span) { _ in .compared(type) } }
    }

    /// Whether the operand may be the beginning of a value.
    private func isWritten(_ operand: Operand) -> Bool {
        operand.isBare || (cursor?.isQuoted ?? false && operand.isString)
    }

    /// Forgets the values for a parameter to which something flows, where none is being written.
    mutating func forgetValues(for parameter: Parameter?) {
        guard cursor?.isBlank ?? false, let parameter, parameter.isMain, parameter.form == .positional else { return }
        cursor?.wanted.removeAll { if case .value = $0 { true } else { false } }
    }

    /// The rows of a data file that a call reads, with the columns that the file has, where none are declared.
    func withColumns(_ type: ValueType, _ signature: CommandSignature, _ given: Arguments) -> ValueType {
        guard let cursor, case .list(.record(let row)) = type, row.isOpen, row.fields.isEmpty,
            let path = path(of: signature, given)
        else { return type }
        let names = cursor.columns(path).filter { Lexer.isOneToken(".\($0)", .field) }
        let fields = names.map { RecordType.Field($0, .string) }
        return .list(.record(RecordType(fields: fields, isOpen: true)))
    }

    /// Notes the columns of the file that a call reads, where they are being declared.
    mutating func noteColumns(_ operand: Operand, _ signature: CommandSignature, _ given: Arguments) {
        guard isAtCursor(operand.span), case .braces(let entries, _) = operand, let path = path(of: signature, given)
        else { return }
        let names = (cursor?.columns(path) ?? []).map { Lexer.isOneToken($0, .word) ? $0 : "'\($0)'" }
        for entry in entries { note(at: entry.name.span) { _ in .columns(names) } }
    }

    private func path(of signature: CommandSignature, _ given: Arguments) -> String? {
        guard signature.effect <= .reads else { return nil }
        return signature.parameters.first { $0.type == .path }.flatMap { given.values[$0.name]?.literalText }
    }

    /// Notes the commands that may stand at the cursor where it is in the leading words of a call.
    mutating func noteCommand(_ call: Call, isStage: Bool) {
        guard let offset = cursor?.offset, call.span.start <= offset, offset < call.span.end else { return }
        var words = [call.name]
        for argument in call.arguments {
            guard words.last.map({ $0.span.end <= offset }) ?? false, case .operand(.word(let word)) = argument
            else { break }
            words.append(word)
        }
        guard let last = words.last, last.span.start <= offset, offset < last.span.end else { return }
        let takesWords = call.name.text == "help"
        let behind = words.dropLast().dropFirst(takesWords && words.count > 1 ? 1 : 0).map(\.text)
        let fitting =
            vocabulary.commands.values.filter { takesWords || !isStage || $0.input != .none } + definedCommands
        note(at: last.span) { _ in .commands(fitting, behind: behind) }
        if takesWords && words.count > 1 { note(at: last.span) { _ in .pages(behind: behind) } }
    }

    /// Looks for the cursor among the arguments of a call that nobody knows.
    mutating func lookAtArguments(of call: Call) {
        guard let offset = cursor?.offset else { return }
        for case .operand(let operand) in call.arguments where operand.span.start <= offset && offset < operand.span.end
        {
            _ = value(operand)
        }
    }

    /// The script's own commands, those that are not checked yet by name only.
    private var definedCommands: [CommandSignature] {
        defs.names.map { name in
            if case .done(let def)? = defs.states[name] { return def.signature }
            return CommandSignature(name, summary: "", output: .type(.any))
        }
    }
}
