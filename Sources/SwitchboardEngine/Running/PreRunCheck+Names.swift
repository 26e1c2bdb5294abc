import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

extension PreRunCheck {
    /// What is named outright exists, or is made earlier in the script.
    func nameFaults() -> [Diagnostic] { Named.all.flatMap(faults) }

    private func faults(of named: Named) -> [Diagnostic] {
        guard program.calls.contains(where: { named.users.contains($0.command) }) else { return [] }
        var names: [String]
        do { names = try named.names(frame.run) } catch {
            return [Diagnostic(RunTimeFault.code(of: .storeUnavailable), message(error), at: Span(0, 0))]
        }
        var faults: [Diagnostic] = []
        for call in program.calls {
            if call.command == named.maker {
                // Behind one whose name is not known yet, any name may be right.
                guard let name = known(call.arguments["name"])?.plainText else { return faults }
                names.append(name)
            }
            guard named.users.contains(call.command), let name = known(call.arguments[named.parameter])?.plainText,
                !names.contains(name)
            else { continue }
            let help = NearName.help(for: name, among: names) ?? named.help(name, frame.run.registry)
            faults.append(
                Diagnostic(
                    named.fault.rawValue, "no \(named.what) '\(name)' in profile '\(frame.run.profile)'",
                    at: call.arguments[named.parameter]?.span ?? call.span, help: help))
        }
        return faults
    }
}

/// Things of a workspace that commands name.
private struct Named: Sendable {
    /// What they are called.
    var what: String
    /// The fault of a name that nothing has.
    var fault: CheckFault
    /// The commands that need one to be there, and the parameter by which they name it.
    var users: Set<String>
    var parameter: String
    /// The command that makes one, of the name in its parameter `name`.
    var maker: String
    /// The names that there are.
    var names: @Sendable (RunSession) throws -> [String]
    /// What to do about a name that is like no other.
    var help: @Sendable (String, Registry) -> String

    static let all = [agents, secrets]

    private static let agents = Named(
        what: "agent", fault: .unknownAgent, users: ["bind-agent", "agent get", "agent remove"], parameter: "agent",
        maker: "agent add",
        names: { run in try run.store.agents(profile: run.profile).flatMap { [$0.id, $0.name] } },
        help: { name, registry in
            registry.vocabulary.readID(name) == .noID ? "add it with: agent add \(name)" : "agent list shows them"
        })

    private static let secrets = Named(
        what: "secret", fault: .unknownSecret, users: ["secret", "secret remove"], parameter: "name",
        maker: "secret set",
        names: { run in try run.store.namedSecrets(profile: run.profile).map(\.name) },
        help: { name, _ in "store it with: secret set \(name)" })
}
