public import SwitchboardEngine
import SwitchboardLanguage

/// The help texts, made from the declarations that the checker reads.
public struct HelpPage: Sendable {
    private let registry: Registry

    /// Makes the help of a registry.
    public init(_ registry: Registry) { self.registry = registry }

    /// The list of all commands, grouped by what they do to the world.
    public var overview: String {
        let signatures = registry.vocabulary.commands.values.sorted { $0.name < $1.name }
        let width = (signatures.map(\.name.count).max() ?? 0) + 2
        let groups: [(EffectClass, String)] = [
            (.reads, "Ask"), (.changes, "Change"), (.spends, "Spend money"), (.irreversible, "Cannot be taken back"),
            (.pure, "Work with values"),
        ]
        let sections = groups.map { effect, title in
            let lines = signatures.filter { $0.effect == effect }.map { "  \(pad($0.name, width))\($0.summary)" }
            return ([title] + lines).joined(separator: "\n")
        }
        let words = GrammarWord.all.flatMap { [$0.name] + $0.companions }
        return
            (sections + [
                "Words with grammar; help shows each\n  \(words.joined(separator: " "))  |  $name  .field  \"text with $name\"",
                "help COMMAND shows one command, with examples.",
            ]).joined(separator: "\n\n")
    }

    /// The pages of all commands whose name is or begins with the words; nil where there is none.
    public func page(_ name: String) -> String? {
        let names = registry.vocabulary.commands.keys.filter { $0 == name || $0.hasPrefix(name + " ") }.sorted()
        let words = GrammarWord.all.filter { $0.name == name || $0.companions.contains(name) }
        let pages = words.map(page) + names.compactMap { registry.vocabulary.commands[$0] }.map(page)
        return pages.isEmpty ? nil : pages.joined(separator: "\n\n")
    }

    /// All that there is a page of.
    public var names: [String] { Array(registry.vocabulary.commands.keys) + GrammarWord.all.map(\.name) }

    private func page(_ word: GrammarWord) -> String {
        let lines = ["\(word.name): \(word.summary)", "", "  \(word.usage)"] + table(word.flags)
        let remarks = word.remarks.isEmpty ? [] : [""] + word.remarks.map { "  \($0)" }
        return (lines + remarks + examples(word.examples)).joined(separator: "\n")
    }

    private func table(_ parameters: [Parameter]) -> [String] {
        let shown = parameters.map { (label($0), $0) }
        let width = (shown.map(\.0.count).max() ?? 0) + 2
        let lines = shown.map { label, parameter in
            let aliases = parameter.aliases.filter { _ in parameter.form == .flag }.map { "--" + $0 }
            let remark = aliases.isEmpty ? "" : " (also \(aliases.joined(separator: ", ")))"
            return "  \(pad(label, width))\(parameter.help)\(remark)"
        }
        return lines.isEmpty ? [] : [""] + lines
    }

    private func examples(_ examples: [CommandSignature.Example]) -> [String] {
        if examples.isEmpty { return [] }
        let lines = examples.flatMap { example in
            example.text.split(separator: "\n").map { "  \($0)" } + ["      \(example.remark)"]
        }
        return ["", "Examples"] + lines
    }

    private func page(_ signature: CommandSignature) -> String {
        var lines = ["\(signature.name): \(signature.summary)", "", "  \(usage(signature))"]
        lines += table(signature.parameters)
        lines += ["", "  effect: \(signature.effect.word)"]
        if let inverse = signature.inverse { lines.append("  taken back by: \(inverse)") }
        if signature.effect == .irreversible { lines.append("  taken back by: nothing") }
        if signature.undoing == .stays { lines.append("  in a transaction: it stays, also where that is undone") }
        if signature.undoing == .refused { lines.append("  in a transaction: refused") }
        if signature.input.isMapped { lines.append("  over a list: once for each item, with the flags of each") }
        if let capability = signature.capability {
            let able = registry.providerNames.filter { registry.vocabulary.providers[$0]?[capability] == .some(nil) }
            lines.append("  providers: \(able.joined(separator: " "))")
        }
        if signature.isSandboxOnly { lines.append("  profiles: \(Profile.sandboxName)") }
        return (lines + examples(signature.examples)).joined(separator: "\n")
    }

    private func usage(_ signature: CommandSignature) -> String {
        let parts = signature.parameters.map { parameter in
            let text = label(parameter) + (parameter.form == .rest ? "…" : "")
            return parameter.isRequired ? text : "[\(text)]"
        }
        return ([signature.name] + parts).joined(separator: " ")
    }

    private func label(_ parameter: Parameter) -> String {
        switch parameter.form {
        case .positional, .rest: parameter.name.uppercased()
        case .toggle: "--\(parameter.name)"
        case .flag: "--\(parameter.name) \(parameter.type)"
        }
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
