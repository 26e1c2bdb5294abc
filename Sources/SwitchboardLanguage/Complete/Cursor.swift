/// What the checker finds out about the place where a text is to be completed.
struct Cursor {
    /// The offset of the letter that stands there for what is not written yet.
    let offset: Int
    var wanted: [Wanted] = []

    /// What may stand at the place.
    enum Wanted {
        /// A command, the words in front of the place being its first ones.
        case commands([CommandSignature], behind: [String])
        /// A flag of the command that is not given yet.
        case flags(CommandSignature, given: Set<String>)
        /// A bare token that is read by this type; `item` is what flows in.
        case value(ValueType, item: ValueType?)
        /// A field of a value of this type.
        case fields(ValueType)
        /// `$name`.
        case names([String])
        case type([String])
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
}

extension Checker {
    /// Notes what may stand at a place, where that is the cursor's.
    mutating func note(at span: Span, _ wanted: (Checker) -> Cursor.Wanted) {
        guard let offset = cursor?.offset, span.start <= offset, offset < span.end else { return }
        let wanted = wanted(self)
        cursor?.wanted.append(wanted)
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
