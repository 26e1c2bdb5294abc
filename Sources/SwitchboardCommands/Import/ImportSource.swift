import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// One way by which a number comes into the workspace (contract section 4).
protocol ImportSource: Sendable {
    /// The word that users write, which is the source of the number then.
    var name: String { get }
    /// The parameters that it needs beside the number.
    var needs: [String] { get }
    /// The parameters that it takes and others do not.
    var takes: [String] { get }
    /// Why this version does not offer it; nil where it does.
    var absence: String? { get }

    /// Has the workspace hold the number from now on; all that can be refused is refused before anything changes.
    func obtain(_ row: ImportRow, _ run: RunSession) throws
}

extension ImportSource {
    var needs: [String] { [] }
    var takes: [String] { needs }
    var absence: String? { nil }

    /// What a call lacks, or tells that the source has no use for.
    func fault(given: Set<String>, written: Set<String>) -> TypeFault? {
        if let absence { return TypeFault(absence, at: "source", as: .notYet) }
        if let missing = needs.first(where: { !given.contains($0) }) {
            return TypeFault("an import by \(name) needs --\(missing)", at: missing)
        }
        let others = ImportSources.parameters.filter { !takes.contains($0) }
        return others.first(where: written.contains).map { TypeFault("an import by \(name) has no --\($0)", at: $0) }
    }
}

/// The sources, by the words that users write.
enum ImportSources {
    /// The parameters that only some sources take.
    static let parameters = ["trunk-id", "account"]
    /// The sources that no provider sells.
    private static let own: [any ImportSource] = [TrunkImport(), TwilioImport()]
    /// Those that only an outcome leads to.
    private static let outcomes = ["twilio_purchased", "telnyx_purchased", "verified_caller_id"]

    /// The source of a word; one that is not our own is a provider's.
    static func source(_ word: String) -> any ImportSource { own.first { $0.name == word } ?? BoughtImport(name: word) }

    /// The source of a word that a row gives; throws `invalid_argument` for a word that is none.
    static func find(_ word: String, _ registry: Registry) throws -> any ImportSource {
        let words = words(of: registry.providerNames.compactMap { registry.plugins[$0] })
        if words.contains(word) { return source(word) }
        let what = outcomes.contains(word) ? "is what an import may lead to, and is never asked for" : "is no source"
        throw SwitchboardError(
            .invalidArgument, "'\(word)' \(what)", help: "there are: \(words.joined(separator: " "))",
            fields: ["source": "'\(word)' \(what)"])
    }

    /// The words: of every provider whose bought numbers are known by its name, and our own.
    static func words(of plugins: [Plugin]) -> [String] {
        plugins.filter(\.isSource).map(\.manifest.name) + own.map(\.name)
    }
}

extension Plugin {
    /// Whether the numbers that its account holds are the workspace's, so that they are bought by its name.
    var isSource: Bool {
        provider is any NumberPurchasing.Type && manifest.purchaseSource.rawValue == manifest.name
    }
}
