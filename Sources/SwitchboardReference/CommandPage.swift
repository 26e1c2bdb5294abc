import SwitchboardEngine
import SwitchboardLanguage

/// Makes the page of a command from its declaration.
struct CommandPage {
    let signature: CommandSignature
    let registry: Registry

    var page: Page {
        var parts: [Page.Part] = [.usage(usage)]
        parts += ArgumentTable.parts(of: signature.parameters)
        if case .record(let record)? = gives.map(Self.item), record.name == nil, !record.fields.isEmpty {
            parts += [.heading("Fields of what it gives"), TypePages.fields(of: record)]
        }
        parts.append(.facts(facts))
        parts += Self.examples(signature.examples)
        return Page(kind: .command, name: signature.name, summary: signature.summary, parts: parts)
    }

    /// Statements that show the use, in one block.
    static func examples(_ examples: [CommandSignature.Example]) -> [Page.Part] {
        guard !examples.isEmpty else { return [] }
        let lines = examples.map { "\($0.text)\n    # \($0.remark)" }
        return [.heading("Examples"), .lines(lines.joined(separator: "\n"), as: "swb")]
    }

    private var usage: [String] {
        [signature.name]
            + signature.parameters.map { parameter in
                let text = ArgumentTable.name(parameter) + (parameter.form == .rest ? "…" : "")
                return parameter.isRequired ? text : "[\(text)]"
            }
    }

    // MARK: Facts

    private var facts: [Page.Fact] {
        var facts: [Page.Fact] = []
        if let takes { facts.append(takes) }
        if let gives, gives != .nothing {
            facts.append(.init(label: "gives", value: "\(gives)", types: TypePages.names(in: gives)))
        }
        facts.append(.init(label: "effect", value: signature.effect.word))
        if let look = signature.looksWith {
            facts.append(.init(label: "with --\(look)", value: EffectClass.reads.word))
        }
        if signature.looksBare { facts.append(.init(label: "without flags", value: EffectClass.reads.word)) }
        if let inverse = signature.inverse { facts.append(.init(label: "taken back by", value: inverse)) }
        if signature.effect == .irreversible { facts.append(.init(label: "taken back by", value: "nothing")) }
        switch signature.undoing {
        case .takenBack: break
        case .stays: facts.append(.init(label: "in a transaction", value: "it stays, also where that is undone"))
        case .refused: facts.append(.init(label: "in a transaction", value: "refused"))
        }
        if takes != nil, signature.input.isMapped {
            facts.append(.init(label: "over a list", value: "once for each item, with the flags of each"))
        }
        if let capability = signature.capability {
            let able = registry.providerNames.filter { registry.vocabulary.providers[$0]?[capability] == .some(nil) }
            facts.append(.init(label: "providers", value: able.joined(separator: " ")))
        }
        if signature.isSandboxOnly { facts.append(.init(label: "profiles", value: Profile.sandboxName)) }
        return facts
    }

    private var main: Parameter? { signature.parameters.first(where: \.isMain) }

    private var takes: Page.Fact? {
        let value: String
        switch signature.input {
        case .none: return nil
        case .items where main == nil && signature.parameters.isEmpty: return nil
        case .items:
            value =
                main.map { "\($0.type) that flows in, or a record by its fields' names" }
                ?? "a record by its fields' names"
        case .eachItem: value = "any item that flows in"
        case .whole: value = "all that flows in at once"
        }
        return .init(label: "takes", value: value, types: main.map { TypePages.names(in: $0.type) } ?? [])
    }

    /// What it gives for one item of its own kind; nil where that follows from what flows in.
    var gives: ValueType? {
        switch signature.output {
        case .type(let type): return type
        case .computed(let output):
            let input = main.map { Self.first($0.type) } ?? (signature.input == .whole ? .list(.any) : .any)
            guard let type = try? output(CallTypes(input: input)), type != .any, type != .list(.any) else { return nil }
            return type
        }
    }

    private static func first(_ type: ValueType) -> ValueType {
        if case .either(let types) = type { types.first ?? type } else { type }
    }

    private static func item(_ type: ValueType) -> ValueType { (type.element ?? type).unwrapped }
}
