import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// The settings that a vendor's own tool has already, taken from its file.
extension Connect {
    /// The flags that a provider's file adds: the one that asks for it, and the one that names an account in it.
    static func flags(_ file: SettingsFile) -> [Parameter] {
        [
            Parameter(file.flag, .toggle, .bool, help: "take what is not given here from \(shown(file))"),
            Parameter(
                file.entryWord, .flag, .string,
                help: "which \(file.entryWord) of that file; its default one unless given"),
        ]
    }

    /// The account that the call asks for, with the words that messages call it by; nil where the call asks for none.
    ///
    /// Throws `unauthorized` where the file, or what is wanted of it, is not there.
    static func entry(
        _ manifest: ProviderManifest, _ call: CommandCall
    ) throws -> (settings: ProviderSettings, words: String)? {
        let file = manifest.settingsFile
        let files = call.run.registry.plugins.values.compactMap(\.manifest.settingsFile)
        for other in files where other.flag != file?.flag && call.isSet(other.flag) {
            throw SwitchboardError(.invalidArgument, "\(manifest.name) has no --\(other.flag)", provider: manifest.name)
        }
        guard let file, call.isSet(file.flag) else {
            if let flag = files.first(where: { call[$0.entryWord] != nil }) {
                throw SwitchboardError(.invalidArgument, "--\(flag.entryWord) goes with --\(flag.flag)")
            }
            return nil
        }
        guard let home = call.run.host.environment["HOME"], home.hasPrefix("/") else {
            throw SwitchboardError(.unauthorized, "HOME does not name your folder, where \(shown(file)) would be")
        }
        let entry = try choose(among: try entries(file, home), file, call.text(file.entryWord))
        return (entry.settings, "\(file.entryWord) '\(entry.name)' of \(shown(file))")
    }

    private static func shown(_ file: SettingsFile) -> String { "~/\(file.path)" }

    private static func entries(_ file: SettingsFile, _ home: String) throws -> [SettingsFile.Entry] {
        let bytes: [UInt8]
        do {
            bytes = try PrivateFile.read("\(home)/\(file.path)", named: shown(file))
        } catch let error as SwitchboardError where error.code == .notFound {
            throw SwitchboardError(
                .unauthorized, error.message, help: "\(file.maker) makes it; or give the settings themselves")
        }
        let entries: [SettingsFile.Entry]
        do { entries = try file.entries(bytes) } catch {
            throw SwitchboardError(
                .unauthorized, "\(shown(file)) makes no sense: \(SwitchboardError(wrapping: error).message)")
        }
        guard entries.isEmpty else { return entries }
        throw SwitchboardError(
            .unauthorized, "\(shown(file)) holds no \(file.entryWord)", help: "\(file.maker) adds one")
    }

    /// The named one, else the default one, else the only one.
    private static func choose(
        among entries: [SettingsFile.Entry], _ file: SettingsFile, _ name: String?
    ) throws -> SettingsFile.Entry {
        let names = entries.map(\.name)
        let there = "there are: \(names.joined(separator: " "))"
        let found = entries.filter { name == nil ? $0.isDefault : $0.name == name }
        switch (found.count, name) {
        case (1, _): return found[0]
        case (0, nil) where entries.count == 1: return entries[0]
        case (0, nil):
            throw SwitchboardError(
                .unauthorized, "\(shown(file)) has several \(file.entryWord)s and no default one",
                help: "name one with --\(file.entryWord); \(there)")
        case (0, let name?):
            throw SwitchboardError(
                .unauthorized, "\(shown(file)) has no \(file.entryWord) '\(name)'",
                help: NearName.help(for: name, among: names) ?? there)
        default:
            throw SwitchboardError(
                .unauthorized, "\(shown(file)) has more than one \(file.entryWord) '\(found[0].name)'",
                help: "give them names that differ")
        }
    }
}
