import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

extension PreRunCheck {
    /// What is named outright exists, or is made earlier in the script.
    func nameFaults() -> [Diagnostic] { Named.all.flatMap(faults) }

    private func faults(of named: Named) -> [Diagnostic] {
        let registry = frame.run.registry
        guard program.calls.contains(where: { !named.arguments($0, registry).isEmpty }) else { return [] }
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
            for argument in named.arguments(call, registry) {
                for name in texts(known(argument)) where !names.contains(name) {
                    let help = NearName.help(for: name, among: names) ?? named.help(name, registry)
                    faults.append(
                        Diagnostic(
                            named.fault.rawValue, "no \(named.what) '\(name)' in profile '\(frame.run.profile)'",
                            at: argument.span, help: help))
                }
            }
        }
        return faults
    }

    /// The names that an argument gives, one or a list; an empty text in a list names nobody.
    private func texts(_ value: Value?) -> [String] {
        if case .list(let values)? = value { return values.flatMap(texts).filter { !$0.isEmpty } }
        return (value?.plainText).map { [$0] } ?? []
    }
}

/// Things of a workspace that commands name.
private struct Named: Sendable {
    /// What they are called.
    var what: String
    /// The fault of a name that nothing has.
    var fault: CheckFault
    /// The arguments of a call that name those which have to be there.
    var arguments: @Sendable (CallNode, Registry) -> [Node]
    /// The command that makes one, of the name in its parameter `name`.
    var maker: String
    /// The names that there are.
    var names: @Sendable (RunSession) throws -> [String]
    /// What to do about a name that is like no other.
    var help: @Sendable (String, Registry) -> String

    static let all = [agents, secrets]

    private static let agents = Named(
        what: "agent", fault: .unknownAgent,
        arguments: { call, registry in
            let parameters = registry.vocabulary.commands[call.command]?.parameters ?? []
            return parameters.filter { $0.type.mentions(.id("agent")) }.compactMap { call.arguments[$0.name] }
        },
        maker: "agent add",
        names: { run in try run.store.agents(profile: run.profile).flatMap { [$0.id, $0.name] } },
        help: { name, registry in
            registry.vocabulary.readID(name) == .noID ? "add it with: agent add \(name)" : "agent list shows them"
        })

    private static let secrets = Named(
        what: "secret", fault: .unknownSecret,
        arguments: { call, _ in
            ["secret", "secret remove"].contains(call.command) ? [call.arguments["name"]].compactMap { $0 } : []
        },
        maker: "secret set",
        names: { run in try run.store.namedSecrets(profile: run.profile).map(\.name) },
        help: { name, _ in "store it with: secret set \(name)" })
}
