import SwitchboardEngine
import SwitchboardLanguage

/// Makes the lists that lead to the pages: the help without a name, and the first file of the reference.
struct ReferenceIndex {
    let registry: Registry
    let pages: [Page]

    /// Commands by what they do to the world.
    static let groups: [(effect: EffectClass, title: String)] = [
        (.reads, "Ask"), (.changes, "Change"), (.spends, "Spend money"), (.irreversible, "Cannot be taken back"),
        (.pure, "Work with values"),
    ]

    var markdown: String {
        let signatures = registry.vocabulary.commands
        let commands = Self.groups.map { group in
            "### \(group.title)\n\n"
                + list(pages.filter { $0.kind == .command && (signatures[$0.name]?.effect ?? .pure) == group.effect })
        }
        let faults = FaultPages.families.map { family in
            let codes = family.faults.map(\.code)
            return "### \(family.title)\n\n" + list(pages.filter { $0.kind == .fault && codes.contains($0.name) })
        }
        let parts = [
            "# Reference",
            """
            One page for each topic, command, word with grammar, type and error code, made by
            `scripts/generate-reference` from the declarations that the checker reads. `help NAME` shows the same page at
            the prompt. The [guide](../language.md) explains the language, [another one](../providers.md) how to write a
            provider, and [the contract](contract.md) has the cases that one is held to.
            """,
            "## Topics", list(pages.filter { $0.kind == .topic }), "## Commands",
        ]
        let words = ["## Words with grammar", list(pages.filter { $0.kind == .word })]
        return
            (parts + commands + words + ["## Types", list(pages.filter { $0.kind == .type }), "## Error codes"] + faults)
            .joined(separator: "\n\n") + "\n"
    }

    private func list(_ pages: [Page]) -> String {
        pages.map { "- [\($0.name)](\($0.path)): \(Page.plain($0.summary))" }.joined(separator: "\n")
    }
}
