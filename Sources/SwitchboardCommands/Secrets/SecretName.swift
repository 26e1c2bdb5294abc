import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

/// How commands name secrets.
enum SecretName {
    /// What stands behind `secret` and is no name.
    private static let words = ["set", "list", "remove", "rotate"]

    static func parameter(_ help: String) -> Parameter {
        Parameter("name", .positional, .string, isRequired: true, offer: .secrets, help: help)
    }

    /// Why a secret cannot be given this name; nil where it can.
    static func fault(_ name: String) -> TypeFault? {
        if words.contains(name) {
            return TypeFault("a secret cannot be named '\(name)'", help: "'secret \(name)' is a command")
        }
        return PlainName.fits(name) ? nil : TypeFault("'\(name)' is no name for a secret", help: PlainName.rule)
    }

    /// The error where a profile has no secret of the name.
    static func unknown(_ name: String, _ run: RunSession) throws -> SwitchboardError {
        let names = try run.store.namedSecrets(profile: run.profile).map(\.name)
        return SwitchboardError(
            .notFound, "no secret '\(name)' in profile '\(run.profile)'",
            help: NearName.help(for: name, among: names) ?? "store it with: secret set \(name)")
    }
}
