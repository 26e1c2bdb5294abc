import SwitchboardCore
public import SwitchboardLanguage
import SwitchboardStore

extension Engine {
    /// Whether a text can be run, or reported, as it is: false while a bracket or string is open or a `|` ends it.
    public static func isComplete(_ text: String) -> Bool { Parser.isComplete(text) }

    /// What may stand at a place of a text: commands, flags, words, names, fields, and the agents, numbers and trunks of
    /// the profile's ledger.
    ///
    /// Asks nobody, and changes nothing. `offset` counts bytes; what stands behind it is not looked at. Where `sources`
    /// has `.paths` the host adds files. `names` and `definitions` are those of earlier statements. A ledger that cannot
    /// be read adds nothing.
    public func complete(
        _ text: String, at offset: Int, profile: Profile, names: [Binding] = [], definitions: [String] = [],
        source: String = "prompt"
    ) -> Completion {
        let completer = Completer(
            vocabulary: registry.vocabulary, names: names.map { ($0.name, $0.type) }, definitions: definitions,
            opener: host.files.opener(for: source))
        var completion = EvaluatorThread.run { completer.complete(text, at: offset, source: source) }
        let span = completion.span
        let written = String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self)
        for source in completion.sources {
            let things = (try? named(source, profile.name)) ?? []
            let fitting = things.filter { $0.text.hasPrefix(written) }.map { thing in
                Completion.Candidate(Self.asOperand(thing.text), thing.kind, help: thing.help)
            }
            completion.add(fitting, to: "")
        }
        completion.sources.formIntersection([.paths])
        return completion
    }

    private func named(_ source: Completion.Source, _ profile: String) throws -> [Completion.Candidate] {
        switch source {
        case .paths: []
        case .agents: try store.agents(profile: profile).map { .init($0.name, .agent, help: $0.id) }
        case .numbers:
            try store.numbers(profile: profile).map {
                .init($0.e164.text, .number, help: $0.label ?? $0.locality ?? "")
            }
        case .trunks:
            try store.trunks(profile: profile).map { .init($0.name.isEmpty ? $0.id : $0.name, .trunk, help: $0.id) }
        }
    }

    /// The name as a statement has it: bare where it is one word, else in quotes.
    private static func asOperand(_ name: String) -> String {
        if ListLiteral.items(of: "[\(name)]") == [name] { return name }
        if !name.contains("'") { return "'\(name)'" }
        return "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("$", with: "\\$"))\""
    }
}
