/// Finds what may stand at a place of a text, whose part behind the place is not looked at.
///
/// The part in front is read as a script in which a letter stands at the place and what is open there is closed; the
/// checker then tells what it would take for that letter. A fault elsewhere does no harm.
public struct Completer {
    private let vocabulary: Vocabulary
    private let names: [(name: String, type: ValueType)]
    private let definitions: [String]
    private let opener: ScriptOpener?
    private let columns: @Sendable (String) -> [String]
    private let most: EffectClass

    /// Makes a completer for texts that may use these names and defs.
    ///
    /// Without an opener files that they use count as empty; `columns` tells those of a data file by its path as written.
    /// Commands that do more than `most` do not fit.
    public init(
        vocabulary: Vocabulary, names: [(name: String, type: ValueType)] = [], definitions: [String] = [],
        opener: ScriptOpener? = nil, columns: @escaping @Sendable (String) -> [String] = { _ in [] },
        most: EffectClass = .irreversible
    ) {
        self.vocabulary = vocabulary
        self.names = names
        self.definitions = definitions
        self.opener = opener
        self.columns = columns
        self.most = most
    }

    /// What may stand at the offset, in bytes.
    public func complete(_ text: String, at offset: Int, source name: String = "prompt") -> Completion {
        let offset = min(max(offset, 0), text.utf8.count)
        guard let place = CompletionPlace(Array(text.utf8.prefix(offset)), name: name) else {
            return Completion(span: Span(offset, offset))
        }
        var completion = Completion(span: place.span)
        completion.written = place.written
        if place.isPath { completion.sources.insert(.paths(endings: [".swb"])) }
        var isDeclaration = false
        for repaired in place.repaired {
            let cursor = cursor(in: repaired, at: offset, place)
            if cursor.wanted.isEmpty { continue }
            for want in cursor.wanted {
                if case .columns = want { isDeclaration = true }
                add(want, at: place, of: cursor.call?.current, to: &completion)
            }
            break
        }
        if place.isStatement, !isDeclaration { completion.add(Self.keywords(place.isStage), to: place.written) }
        return completion
    }

    func cursor(in source: SourceText, at offset: Int, _ place: CompletionPlace, readsData: Bool = true) -> Cursor {
        let (script, _) = Parser.parse(source)
        let none = ScriptOpener(identity: { _ in nil }) { _, _ throws(ScriptOpener.Refusal) in
            throw ScriptOpener.Refusal("no file is read")
        }
        let used = UsedFiles(of: script, in: source, definitions: definitions, opener: opener ?? none)
        var checker = Checker(vocabulary: vocabulary)
        var cursor = Cursor(
            offset: offset, isQuoted: place.isQuoted, isBlank: place.written.isEmpty && !place.isQuoted)
        if readsData { cursor.columns = columns }
        checker.cursor = cursor
        checker.check(script, names, used.scripts)
        return checker.cursor ?? Cursor(offset: offset)
    }

    private static func keywords(_ isStage: Bool) -> [Completion.Candidate] {
        let words =
            isStage
            ? ["where", "each", "wait-until", "transaction", "explain"]
            : ["param", "use", "let", "def", "if", "for", "try", "return", "wait-until", "transaction", "explain"]
        return words.map { .init($0, .keyword) }
    }

    // MARK: Candidates

    private func add(
        _ wanted: Cursor.Wanted, at place: CompletionPlace, of parameter: Parameter?, to completion: inout Completion
    ) {
        switch wanted {
        case .fields(let type): completion.add(fields(of: type, ""), to: place.written)
        case _ where place.isField: break
        case .value(let type, let item):
            if let offer = parameter?.offer {
                add(offer, at: place, to: &completion)
            } else {
                add(type, item, at: place, to: &completion)
            }
        case .compared(let type): addCompared(with: type, at: place, to: &completion)
        case _ where place.isQuoted: break
        case .pages(let words): completion.sources.insert(.pages(behind: words))
        case .commands(let commands, let words):
            let front = words.map { $0 + " " }.joined()
            let fitting = commands.filter { $0.name.hasPrefix(front) && $0.name != front && $0.canKeep(to: most) }
            completion.add(
                fitting.map { .init(String($0.name.dropFirst(front.count)), .command, help: $0.summary) },
                to: place.written)
        case .flags(let signature, let given):
            let flags = signature.parameters.filter { flag in
                (flag.form == .flag || flag.form == .toggle) && !given.contains(flag.name)
            }
            completion.add(flags.map { .init("--\($0.name)", .flag, help: $0.help) }, to: place.written)
        case .names(let names):
            completion.add(
                names.map { .init(place.mark + $0.name, .name, help: "\($0.type)") }, to: place.written)
        case .type(let names): completion.add(names.map { .init($0, .type) }, to: place.written)
        case .columns(let names): completion.add(names.map { .init($0, .field) }, to: place.written)
        }
    }

    private func fields(of type: ValueType, _ mark: String) -> [Completion.Candidate] {
        (type.record?.fields ?? []).map { .init(mark + $0.name, .field, help: "\($0.type)") }
    }

    private func add(
        _ type: ValueType, _ item: ValueType?, at place: CompletionPlace, to completion: inout Completion
    ) {
        func add(_ words: [String], _ kind: Completion.Kind) {
            completion.add(words.map { .init($0, kind) }, to: place.written)
        }
        switch type {
        case .bool: add(["true", "false"], .word)
        case .choice(let words): add(words, .word)
        case .provider: add(Array(vocabulary.providers.keys), .provider)
        case .fieldPath: completion.add(item.map { fields(of: $0, ".") } ?? [], to: place.written)
        case .path: completion.sources.insert(.paths())
        case .phone: completion.sources.insert(.numbers)
        case .id("agent"): completion.sources.insert(.agents)
        case .id("trunk"): completion.sources.insert(.trunks)
        case .id("run"): completion.sources.insert(.runs)
        case .record(let record): if let source = Self.sources[record.name ?? ""] { completion.sources.insert(source) }
        case .list(let inner), .optional(let inner): self.add(inner, item, at: place, to: &completion)
        case .either(let types):
            // What is for sale is no number of the workspace yet.
            let isForSale = types.contains { $0.record?.name == "available-number" }
            for type in types where !(isForSale && type == .phone) { self.add(type, item, at: place, to: &completion) }
        default: break
        }
    }

    /// What a parameter offers besides its type.
    private func add(_ offer: Parameter.Offer, at place: CompletionPlace, to completion: inout Completion) {
        switch offer {
        case .words(let words): completion.add(words.map { .init($0, .word) }, to: place.written)
        case .files(let endings): completion.sources.insert(.paths(endings: endings))
        case .secrets: completion.sources.insert(.secrets)
        case .profiles: completion.sources.insert(.profiles)
        }
    }

    /// In an expression a text stands in quotes, and a thing of the workspace goes by its id.
    private func addCompared(with type: ValueType, at place: CompletionPlace, to completion: inout Completion) {
        func add(_ words: [String], _ kind: Completion.Kind) {
            let fitting = words.filter { $0.hasPrefix(place.written) }
            completion.add(fitting.map { .init(place.quote + $0 + place.quote, kind) }, to: "")
        }
        switch type.unwrapped {
        case .choice(let words): add(words, .word)
        case .provider: add(Array(vocabulary.providers.keys), .provider)
        case .bool where place.isQuoted: break
        case .bool, .phone, .id:
            completion.goesByID = true
            self.add(type, nil, at: place, to: &completion)
        default: break
        }
    }

    private static let sources: [String: Completion.Source] = [
        "agent": .agents, "number": .numbers, "trunk": .trunks, "dispatch-rule": .dispatchRules,
    ]
}

extension CommandSignature {
    /// Whether it does no more than that in some form.
    fileprivate func canKeep(to most: EffectClass) -> Bool {
        effect <= most || (most >= .reads && (looksBare || looksWith != nil))
    }
}
