/// The call at the place where a text is being written, and what it still takes.
struct OpenCall {
    let signature: CommandSignature
    /// The parameter whose value is being written.
    let current: Parameter?
    /// The parameters that have their value already, from the text or from what flows in.
    let given: Set<String>

    /// How many parameters a hint names.
    private static let most = 3

    /// What is being written and what may follow, such as `<number> [--label string]`; nil where nothing is open.
    var hint: String? {
        let open = ([current].compactMap { $0 } + following).prefix(Self.most).map(Self.shown)
        return open.isEmpty ? nil : open.joined(separator: " ")
    }

    /// By place first, then the flags, those that are needed in front; behind a flag only its value is open.
    private var following: [Parameter] {
        if current?.form == .flag { return [] }
        let open = signature.parameters.filter { !given.contains($0.name) && $0.name != current?.name }
        let places = open.filter { $0.form == .positional || $0.form == .rest }
        let flags = open.filter { $0.form == .flag || $0.form == .toggle }
        return places + flags.filter(\.isRequired) + flags.filter { !$0.isRequired }
    }

    private static func shown(_ parameter: Parameter) -> String {
        switch (parameter.form, parameter.isRequired) {
        case (.positional, true): "<\(parameter.name)>"
        case (.positional, false): "[\(parameter.name)]"
        case (.rest, _): "[\(parameter.name) ...]"
        case (.flag, true): "--\(parameter.name) \(word(for: parameter.type))"
        case (.flag, false): "[--\(parameter.name) \(word(for: parameter.type))]"
        case (.toggle, _): "[--\(parameter.name)]"
        }
    }

    /// The type in few letters.
    private static func word(for type: ValueType) -> String {
        switch type.unwrapped {
        case .choice: "word"
        case .either(let types): types.first { $0.record == nil }.map(word) ?? "record"
        case .list(let item): word(for: item) + " ..."
        case let type: "\(type)"
        }
    }
}

extension OpenCall {
    /// A flag's own value as a hint; the flag stands in the text already.
    var hintOfValue: String? {
        guard let current, current.form == .flag else { return nil }
        return "<\(Self.word(for: current.type))>"
    }
}

extension Checker {
    /// Notes what a call still takes, where the cursor is among its arguments and in no call within them.
    mutating func noteOpen(_ signature: CommandSignature, _ given: Arguments, isFed: Bool) {
        guard cursor != nil, cursor?.call == nil, let current = given.atCursor else { return }
        var known = Set(given.values.keys)
        if isFed { known.formUnion(signature.parameters.filter(\.isMain).map(\.name)) }
        let isFlowing = isFed && current?.isMain ?? false
        cursor?.call = OpenCall(signature: signature, current: isFlowing ? nil : current, given: known)
    }
}

extension Completer {
    /// What the command at the offset, in bytes, takes next, such as `<number>` or `[--limit int]`; nil where no command
    /// takes anything.
    ///
    /// What stands behind the offset is not looked at.
    public func hint(_ text: String, at offset: Int, source name: String = "prompt") -> String? {
        let offset = min(max(offset, 0), text.utf8.count)
        guard let place = CompletionPlace(Array(text.utf8.prefix(offset)), name: name) else { return nil }
        for repaired in place.repaired {
            guard let call = cursor(in: repaired, at: offset, place, readsData: false).call else { continue }
            return call.hintOfValue ?? call.hint
        }
        return nil
    }
}
