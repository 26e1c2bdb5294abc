import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

/// One way by which a number comes into the workspace (contract section 4).
protocol ImportSource: Sendable {
    /// The word that users write, which is the source of the number then.
    var name: String { get }
    /// The parameters that it needs beside the number.
    var needs: [String] { get }
    /// The parameters that it takes and others do not.
    var takes: [String] { get }
    /// What a call lacks, or tells that the source has no use for.
    func fault(given: Set<String>, written: Set<String>) -> TypeFault?

    /// Whether an import by this word leads to numbers of a source.
    func leads(to source: NumberSource) -> Bool

    /// Has the workspace hold the number from now on; all that can be refused is refused before anything changes.
    func obtain(_ row: ImportRow, _ run: RunSession) throws

    /// Throws where a number that is here has lost what an earlier import gave it, and only a new import helps.
    func requireThere(_ held: WorkspaceNumber, _ run: RunSession) throws

    /// Finishes what an earlier import has left open, and mends what is needed and gone.
    func finish(_ held: WorkspaceNumber, _ row: ImportRow, _ run: RunSession) throws
}

extension ImportSource {
    var needs: [String] { [] }
    var takes: [String] { needs }

    func fault(given: Set<String>, written: Set<String>) -> TypeFault? {
        faultOfParameters(given: given, written: written)
    }

    /// A parameter that the source needs and does not get, or gets and has no use for.
    func faultOfParameters(given: Set<String>, written: Set<String>) -> TypeFault? {
        if let missing = needs.first(where: { !given.contains($0) }) {
            return TypeFault("an import by \(name) needs --\(missing)", at: missing)
        }
        let other = written.subtracting(ImportSources.ofAll).subtracting(takes).sorted().first
        return other.map { TypeFault("an import by \(name) has no --\($0)", at: $0) }
    }

    func leads(to source: NumberSource) -> Bool { source.rawValue == name }
    func requireThere(_ held: WorkspaceNumber, _ run: RunSession) throws {}
    func finish(_ held: WorkspaceNumber, _ row: ImportRow, _ run: RunSession) throws {}
}

/// The sources, by the words that users write.
enum ImportSources {
    /// The parameters that every source takes.
    static let ofAll = ["e164", "source", "label", "agent"]
    /// Those that only an outcome leads to.
    private static let outcomes = ["twilio_purchased", "telnyx_purchased", "verified_caller_id"]

    /// All that the plugins offer, and our own.
    static func all(of plugins: [Plugin]) -> [any ImportSource] {
        let brought = plugins.compactMap { plugin -> (any ImportSource)? in
            if plugin.isSource { return BoughtImport(name: plugin.manifest.name) }
            return CarriedImport(plugin)
        }
        return brought + [TrunkImport()]
    }

    /// The source of a word; nil for a word that is none.
    static func source(_ word: String, _ registry: Registry) -> (any ImportSource)? {
        all(of: registry.sortedPlugins).first { $0.name == word }
    }

    /// The source of a word that a row gives; throws `invalid_argument` for a word that is none.
    static func find(_ word: String, _ registry: Registry) throws -> any ImportSource {
        if let source = source(word, registry) { return source }
        let what = outcomes.contains(word) ? "is what an import may lead to, and is never asked for" : "is no source"
        let words = all(of: registry.sortedPlugins).map(\.name)
        throw SwitchboardError(
            .invalidArgument, "'\(word)' \(what)", help: "there are: \(words.joined(separator: " "))",
            fields: ["source": "'\(word)' \(what)"])
    }
}

extension Registry {
    fileprivate var sortedPlugins: [Plugin] { providerNames.compactMap { plugins[$0] } }
}

extension Plugin {
    /// Whether the numbers that its account holds are the workspace's, so that they are bought by its name.
    var isSource: Bool {
        provider is any NumberPurchasing.Type && manifest.purchaseSource.rawValue == manifest.name
    }
}
