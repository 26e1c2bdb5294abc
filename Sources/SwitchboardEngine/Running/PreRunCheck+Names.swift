import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

extension PreRunCheck {
    /// What is named outright exists, or is made earlier in the script.
    ///
    /// Throws `store_unavailable` where the ledger cannot be read.
    func nameFaults() throws(SwitchboardError) -> [Diagnostic] {
        var all: [Diagnostic] = []
        for named in Named.all { all += try faults(of: named) }
        return all
    }

    /// The providers that the calls which need one name, each at its first place.
    var namedProviders: [NamedProvider] {
        let commands = frame.run.registry.vocabulary.commands
        var found: [NamedProvider] = []
        for call in program.calls {
            guard let signature = commands[call.command], signature.capability != nil else { continue }
            for parameter in signature.parameters where parameter.type.mentions(.provider) {
                guard let argument = call.arguments[parameter.name] else { continue }
                for name in texts(known(argument)) where !found.contains(where: { $0.name == name }) {
                    found.append(NamedProvider(name: name, span: place(of: argument)))
                }
            }
        }
        return found
    }

    private func faults(of named: Named) throws(SwitchboardError) -> [Diagnostic] {
        let registry = frame.run.registry
        let isAsked = { call in !named.arguments(call, registry).isEmpty || call.arguments["columns"] != nil }
        guard program.calls.contains(where: isAsked) else { return [] }
        var things: [[String]]
        do { things = try named.things(frame.run) } catch { throw SwitchboardError(wrapping: error) }
        var faults: [Diagnostic] = []
        for call in program.calls {
            if call.command == named.maker {
                // Behind one whose name is not known yet, any name may be right.
                guard let name = known(call.arguments["name"])?.plainText else { return faults }
                things.append([name])
            }
            func look(_ name: String, at span: Span, in row: String = "") {
                if things.contains(where: { $0.contains(name) }) || !named.isMeant(name, registry) { return }
                let help = NearName.help(for: name, among: things.flatMap(\.self)) ?? named.help(name, registry)
                faults.append(
                    Diagnostic(
                        named.fault.rawValue, "\(row)no \(named.what) '\(name)' in profile '\(frame.run.profile)'",
                        at: span, help: help))
            }
            forEachCell(of: named.column, readBy: call) { name, place in
                look(name, at: call.span, in: "\(place): ")
                return faults.count < DataFile.faultLimit
            }
            for argument in named.arguments(call, registry) {
                for name in texts(known(argument)) { look(name, at: self.place(of: argument)) }
                if call.command == named.remover, isSurelyReached(call) {
                    let gone = texts(known(argument))
                    things.removeAll { thing in gone.contains(where: thing.contains) }
                }
            }
        }
        return faults
    }

    /// Whether no branch, loop or def stands around the call, and nothing flows in that may be empty.
    private func isSurelyReached(_ call: CallNode) -> Bool {
        call.binding == .none
            && program.steps.contains { step in
                switch step {
                case .show(.pipeline(_, let stages, _)), .bind(_, .pipeline(_, let stages, _)):
                    stages.contains { if case .call(let node) = $0 { node.span == call.span } else { false } }
                default: false
                }
            }
    }

    /// The names that an argument gives, one or a list; an empty text in a list names nobody.
    private func texts(_ value: Value?) -> [String] {
        if case .list(let values)? = value { return values.flatMap(texts).filter { !$0.isEmpty } }
        return (value?.plainText).map { [$0] } ?? []
    }
}

/// A provider that a call names.
struct NamedProvider {
    var name: String
    /// Where it is named first.
    var span: Span
}

/// Things of a workspace that commands name.
private struct Named: Sendable {
    /// What they are called.
    var what: String
    /// The fault of a name that nothing has.
    var fault: CheckFault
    /// The arguments of a call that name those which have to be there.
    var arguments: @Sendable (CallNode, Registry) -> [Node]
    /// The type of the columns whose cells name one.
    var column: ValueType?
    /// The command that makes one, of the name in its parameter `name`.
    var maker: String?
    /// The command that takes one away.
    var remover: String?
    /// Those that there are, each by all that it is called.
    var things: @Sendable (RunSession) throws -> [[String]]
    /// Whether a name that nothing has could not mean anything else.
    var isMeant: @Sendable (String, Registry) -> Bool = { _, _ in true }
    /// What to do about a name that is like no other.
    var help: @Sendable (String, Registry) -> String

    static let all = [agents, secrets, trunks]

    private static let agents = Named(
        what: "agent", fault: .unknownAgent,
        arguments: { call, registry in
            let parameters = registry.vocabulary.commands[call.command]?.parameters ?? []
            return parameters.filter { $0.type.mentions(.id("agent")) }.compactMap { call.arguments[$0.name] }
        },
        column: .id("agent"), maker: "agent add", remover: "agent remove",
        things: { run in try run.store.agents(profile: run.profile).map { [$0.id, $0.name] } },
        help: { name, registry in
            registry.vocabulary.readID(name) == .noID ? "add it with: agent add \(name)" : "agent list shows them"
        })

    private static let secrets = Named(
        what: "secret", fault: .unknownSecret,
        arguments: { call, _ in
            ["secret", "secret remove"].contains(call.command) ? [call.arguments["name"]].compactMap { $0 } : []
        },
        maker: "secret set", remover: "secret remove",
        things: { run in try run.store.namedSecrets(profile: run.profile).map { [$0.name] } },
        help: { name, _ in "store it with: secret set \(name)" })

    /// Trunks that are named by the workspace's own ids; whether another name is one's, only the platform knows.
    private static let trunks = Named(
        what: "trunk", fault: .unknownTrunk,
        arguments: { call, registry in
            let parameters = registry.vocabulary.commands[call.command]?.parameters ?? []
            let named = parameters.filter { parameter in
                parameter.type.mentions { $0 == .id("trunk") || $0.record?.name == "trunk" }
            }
            return named.compactMap { call.arguments[$0.name] }
        },
        column: .id("trunk"), maker: nil, remover: "trunk delete",
        things: { run in try run.store.trunks(profile: run.profile).map { [$0.id] } },
        isMeant: { name, registry in registry.vocabulary.readID(name) == .id(kind: "trunk") },
        help: { _, _ in "trunk list shows them" })
}
