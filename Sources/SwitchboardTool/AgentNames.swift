import Switchboard
import Synchronization

/// The names of agents by their ids, asked of the ledger when the first is wanted.
final class AgentNames: Sendable {
    private let load: @Sendable () -> [String: String]
    private let known = Mutex<[String: String]?>(nil)

    init(_ load: @escaping @Sendable () -> [String: String] = { [:] }) { self.load = load }

    /// What a person is shown of a value in a column: of an agent's id the name too, where it does not stand beside it.
    func text(_ value: Value, in column: String) -> String {
        guard case .id(let id) = value, column != "id", let name = name(of: id) else { return value.cellText }
        return "\(name) (\(id))"
    }

    private func name(of id: String) -> String? {
        guard id.hasPrefix("agent_") else { return nil }
        return known.withLock { known in
            let names = known ?? load()
            known = names
            return names[id]
        }
    }
}

extension Workplace {
    /// Those of a profile's ledger, as it is when they are asked for; none where it cannot be read.
    func agentNames(_ profile: Profile) -> @Sendable () -> AgentNames {
        let store = engine.store
        return {
            AgentNames {
                let names = (try? store.agentNames(profile: profile.name)) ?? []
                return Dictionary(names.map { ($0.id, $0.name) }) { first, _ in first }
            }
        }
    }
}
