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
        return
            (sections + [
                "Words with grammar\n  param use let def return if else for in try catch where each  |  $name  .field  \"text with $name\"",
                "help COMMAND shows one command, with examples.",
            ]).joined(separator: "\n\n")
    }

    /// The pages of all commands whose name is or begins with the words; nil where there is none.
    public func page(_ name: String) -> String? {
        let names = registry.vocabulary.commands.keys.filter { $0 == name || $0.hasPrefix(name + " ") }.sorted()
        let pages = names.compactMap { registry.vocabulary.commands[$0] }.map(page)
        return pages.isEmpty ? nil : pages.joined(separator: "\n\n")
    }

    private func page(_ signature: CommandSignature) -> String {
        var lines = ["\(signature.name): \(signature.summary)", "", "  \(usage(signature))"]
        let shown = signature.parameters.map { (label($0), $0) }
        let width = (shown.map(\.0.count).max() ?? 0) + 2
        if !shown.isEmpty { lines.append("") }
        for (label, parameter) in shown {
            let aliases = parameter.aliases.filter { _ in parameter.form == .flag }.map { "--" + $0 }
            let remark = aliases.isEmpty ? "" : " (also \(aliases.joined(separator: ", ")))"
            lines.append("  \(pad(label, width))\(parameter.help)\(remark)")
        }
        lines += ["", "  effect: \(signature.effect.word)"]
        if let inverse = signature.inverse { lines.append("  taken back by: \(inverse)") }
        if signature.effect == .irreversible { lines.append("  taken back by: nothing") }
        if let capability = signature.capability {
            let able = registry.providerNames.filter { registry.vocabulary.providers[$0]?[capability] == .some(nil) }
            lines.append("  providers: \(able.joined(separator: " "))")
        }
        if signature.isSandboxOnly { lines.append("  profiles: \(Profile.sandboxName)") }
        if !signature.examples.isEmpty { lines += ["", "Examples"] }
        for example in signature.examples { lines += ["  \(example.text)", "      \(example.remark)"] }
        return lines.joined(separator: "\n")
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
