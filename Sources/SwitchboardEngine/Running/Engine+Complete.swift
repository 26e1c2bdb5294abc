import SwitchboardCore
public import SwitchboardLanguage

extension Engine {
    /// Whether a text can be run, or reported, as it is: false while a bracket or string is open or a `|` ends it.
    public static func isComplete(_ text: String) -> Bool { Parser.isComplete(text) }

    /// How many statements a text has at its top level; as many as can be read where it has faults.
    public static func statements(in text: String) -> Int {
        Parser.parse(SourceText(name: "prompt", text: text)).0.statements.count
    }

    /// What may stand at a place of a text: commands, flags, words, names, fields, columns of a file that is read, and the
    /// agents, numbers, trunks and runs of the profile's ledger.
    ///
    /// Changes nothing. Dispatch rules, which only the platform knows, are asked of one that a run of this engine has asked
    /// before; what takes longer than 150 ms is there at the next call. `offset` counts bytes; what stands behind it is
    /// not looked at. Where `sources` has `.paths` the host adds files, where it has `.pages` pages of help. `names` and
    /// `definitions` are those of earlier statements. Commands that do more than `most` do not fit. A ledger or a platform
    /// that cannot be read adds nothing.
    public func complete(
        _ text: String, at offset: Int, profile: Profile, names: [Binding] = [], definitions: [String] = [],
        most: EffectClass = .irreversible, source: String = "prompt"
    ) -> Completion {
        let completer = completer(names, definitions, source, most)
        var completion = EvaluatorThread.run { completer.complete(text, at: offset, source: source) }
        for source in completion.sources where !source.isOfHost && source != .runs {
            completion.add((try? candidates(source, completion, profile)) ?? [], to: "")
        }
        if completion.sources.contains(.runs) {
            completion.addInOrder((try? candidates(.runs, completion, profile)) ?? [])
        }
        completion.sources = completion.sources.filter(\.isOfHost)
        for (place, candidate) in completion.candidates.enumerated() where candidate.kind == .provider {
            completion.candidates[place].help = registry.plugins[candidate.text]?.manifest.displayName ?? ""
        }
        return completion
    }

    /// What the command at a place of a text takes next, such as `<number>` or `[--limit int]`; nil where no command
    /// takes anything.
    public func hint(
        _ text: String, at offset: Int, names: [Binding] = [], definitions: [String] = [], source: String = "prompt"
    ) -> String? {
        let completer = completer(names, definitions, source, .irreversible)
        return EvaluatorThread.run { completer.hint(text, at: offset, source: source) }
    }

    private func completer(
        _ names: [Binding], _ definitions: [String], _ source: String, _ most: EffectClass
    ) -> Completer {
        let files = host.files
        return Completer(
            vocabulary: registry.vocabulary, names: names.map { ($0.name, $0.seenType) }, definitions: definitions,
            opener: files.opener(for: source),
            columns: { path in (try? files.resolved(path)).map { DataFile.columns(of: $0) } ?? [] }, most: most)
    }

    private func candidates(
        _ source: Completion.Source, _ completion: Completion, _ profile: Profile
    ) throws -> [Completion.Candidate] {
        let written = completion.written
        let ledger = LedgerCandidates(
            store: store, profile: profile.name, written: written, goesByID: completion.goesByID)
        switch source {
        case .paths, .pages: return []
        case .secrets: return try ledger.secrets
        case .profiles:
            return try profileNames().filter { $0.hasPrefix(written) }.map { .init(Self.operand($0), .profile) }
        case .agents: return try ledger.agents
        case .numbers: return try ledger.numbers
        case .trunks: return try ledger.trunks
        case .runs: return try ledger.runs
        case .dispatchRules:
            guard let routing = usedProviders(of: profile)?.usedRouting else { return [] }
            return ledger.candidates(live.dispatchRules(of: profile.name, routing), .dispatchRule)
        }
    }
}

extension Engine.Binding {
    /// The type, with the fields that the value has where the type does not tell them.
    fileprivate var seenType: ValueType {
        switch (type.unwrapped, value) {
        case (.any, .record(let record)): .record(record.seenType)
        case (.record(let known), .record(let record)) where known.isOpen && known.fields.isEmpty:
            .record(record.seenType)
        case (.any, .list(let items)), (.list(.any), .list(let items)): items.first?.seenListType ?? type
        case (.list(.record(let known)), .list(let items)) where known.isOpen && known.fields.isEmpty:
            items.first?.seenListType ?? type
        default: type
        }
    }
}

extension Value {
    /// The type of a list of such items, where it is a record.
    fileprivate var seenListType: ValueType? {
        if case .record(let record) = self { .list(.record(record.seenType)) } else { nil }
    }
}

extension Record {
    fileprivate var seenType: RecordType {
        RecordType(name: typeName, fields: fields.map { .init($0.name, .any) }, isOpen: true)
    }
}
