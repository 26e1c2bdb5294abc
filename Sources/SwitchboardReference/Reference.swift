import SwitchboardContract
public import SwitchboardEngine
import SwitchboardLanguage

/// The reference: a page for each command, word with grammar, type and error code, made from the declarations that the checker reads.
public struct Reference: Sendable {
    let registry: Registry

    /// Makes the reference of what is registered.
    public init(_ registry: Registry) { self.registry = registry }

    /// The page of a topic, command, word, type or error code for a terminal; nil where there is none.
    ///
    /// Sentences are broken into lines of at most so many characters; what stands in columns is as wide as it is.
    /// The first words of commands give the pages of them all. Where a type has a command's name, `type NAME` is the type.
    public func text(of name: String, width: Int = 100) -> String? {
        let commands = commandPages.filter { $0.name == name || $0.name.hasPrefix(name + " ") }
        let types = TypePages(registry: registry).pages.filter { $0.name == name || "type " + $0.name == name }
        let pages =
            Page.topics.filter { $0.name == name } + WordPage.named(name) + (commands.isEmpty ? types : commands)
            + FaultPages(registry: registry).pages(of: name.uppercased())
        guard !pages.isEmpty else { return nil }
        let remark = commands.isEmpty || types.isEmpty ? [] : ["\(name) is a type too: help type \(name)"]
        return (pages.map { $0.text(width: width) } + remark).joined(separator: "\n\n")
    }

    /// The near name of one that has no page, as a sentence of help.
    public func guess(for name: String) -> String {
        let names = (Page.topics + WordPage.all + commandPages + TypePages(registry: registry).pages).map(\.name)
        let codes = FaultPages.families.flatMap(\.faults).map(\.code)
        let near = NearName.guess(for: name, among: names) ?? NearName.guess(for: name.uppercased(), among: codes)
        return near.map { "did you mean '\($0)'?" } ?? "help lists the commands"
    }

    /// The files of the reference in Markdown, by their paths within its folder.
    public var files: [String: String] {
        let pages =
            Page.topics + WordPage.all + commandPages + TypePages(registry: registry).pages
            + FaultPages(registry: registry).pages
        let files = Dictionary(pages.map { ($0.path, $0.markdown) }) { first, _ in first }
        let others = [
            "README.md": ReferenceIndex(registry: registry, pages: pages).markdown,
            "contract.md": ContractPage(ContractSuite.cases).markdown,
        ]
        return files.merging(others) { first, _ in first }
    }

    private var commandPages: [Page] {
        let signatures = registry.vocabulary.commands.values.sorted { $0.name < $1.name }
        return signatures.map { CommandPage(signature: $0, registry: registry).page }
    }
}
