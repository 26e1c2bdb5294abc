import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// Makes the pages of the types: those of the language, and the records that commands take and give.
struct TypePages {
    let registry: Registry

    var pages: [Page] {
        ValueType.forms.map(page)
            + registry.vocabulary.records.values.sorted { ($0.name ?? "") < ($1.name ?? "") }.map(page)
    }

    // MARK: Types of the language

    private func page(_ type: ValueType) -> Page {
        let form = type.page
        var parts: [Page.Part] = []
        if !form.literals.isEmpty { parts.append(.lines(form.literals.joined(separator: "\n"), as: "swb")) }
        if !form.operations.isEmpty {
            parts.append(.table(["expression", "value"], form.operations.map { [$0.expression, $0.result] }))
        }
        if case .id = type { parts.append(kinds) }
        if !form.rules.isEmpty { parts.append(.list(form.rules)) }
        return Page(kind: .type, name: form.name, summary: form.summary, parts: parts)
    }

    private var kinds: Page.Part {
        let rows = registry.idKinds.map { kind in
            let count = kind.length.lowerBound == kind.length.upperBound ? "\(kind.length.lowerBound)" : "some"
            return ["id<\(kind.name)>", "\(kind.prefix)…", "\(count) characters of \(kind.alphabet)"]
        }
        return .table(["type", "begins with", "then"], rows)
    }

    // MARK: Records

    private func page(_ record: RecordType) -> Page {
        var facts: [Page.Fact] = []
        let (givers, takers) = (commands { gives($0, record) }, commands { takes($0, record) })
        if !givers.isEmpty { facts.append(.init(label: "given by", value: givers.joined(separator: ", "))) }
        if !takers.isEmpty { facts.append(.init(label: "taken by", value: takers.joined(separator: ", "))) }
        return Page(
            kind: .type, name: record.name ?? "", summary: record.summary.isEmpty ? "a record" : record.summary,
            parts: [Self.fields(of: record)] + (facts.isEmpty ? [] : [.facts(facts)]))
    }

    private func commands(_ isMeant: (CommandSignature) -> Bool) -> [String] {
        registry.vocabulary.commands.values.filter(isMeant).map(\.name).sorted()
    }

    private func gives(_ signature: CommandSignature, _ record: RecordType) -> Bool {
        guard let gives = CommandPage(signature: signature, registry: registry).gives else { return false }
        return gives.mentions(.record(record))
    }

    private func takes(_ signature: CommandSignature, _ record: RecordType) -> Bool {
        signature.parameters.contains { $0.type.mentions(.record(record)) }
    }

    /// The table of a record's fields.
    static func fields(of record: RecordType) -> Page.Part {
        .table(["field", "type", "meaning"], record.fields.map { [$0.name, "\($0.type)", $0.help] })
    }

    /// The names of the pages that explain a type.
    static func names(in type: ValueType) -> [String] {
        switch type {
        case .list(let inner), .optional(let inner): names(in: inner)
        case .either(let types): types.flatMap(names)
        case .record(let record): record.name.map { [$0] } ?? []
        case .nothing, .any, .choice: []
        default: [type.page.name]
        }
    }
}
