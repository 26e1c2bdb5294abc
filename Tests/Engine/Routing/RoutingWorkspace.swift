import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// A workspace for routing: statements, and what the platform and the ledger have afterwards.
extension Workspace {
    /// A workspace in which these statements have run.
    static func after(_ setUp: String...) async throws -> Workspace {
        let workspace = try Workspace()
        workspace.offer(0...4)
        for text in setUp {
            let outcome = await workspace.run(text)
            try #require(outcome.status == 0, "\(text): \(outcome.faults) \(outcome.error?.message ?? "")")
        }
        return workspace
    }

    /// The ledger's trunks.
    var rows: [Trunk] { get throws { try store.trunks(profile: Profile.sandboxName) } }

    /// Gives the profile a secret, as `secret set` does.
    func keep(_ secret: String, as name: String) throws {
        _ = try store.setNamedSecret(name, to: Secret(secret), profile: Profile.sandboxName)
    }
}

extension Outcome {
    /// The fields of what is shown first.
    func shownField(_ name: String) -> Value? {
        guard case .record(let record)? = shown.first else { return nil }
        return record[name]
    }

    /// The error's message, or the first fault's.
    var problem: String { error?.message ?? report.diagnostics.first?.message ?? "" }
    /// Its help.
    var help: String { error?.help ?? report.diagnostics.first?.help ?? "" }
    /// All that the run has said, shown or printed.
    var allText: String {
        (shown.map(\.literalText) + printed + notes + faults + [problem, help, error.map { "\($0)" } ?? ""])
            .joined(separator: "\n")
    }
}

/// A trunk that nobody made here.
func foreignTrunk(
    _ id: String, _ direction: SIPTrunk.Direction = .inbound, name: String = "", numbers: [String] = []
) -> SIPTrunk {
    var trunk = SIPTrunk(direction)
    trunk.id = id
    trunk.name = name
    trunk.numbers = numbers
    if direction == .outbound { trunk.address = "acme.example" }
    return trunk
}

/// A dispatch rule that nobody made here.
func foreignRule(_ id: String, name: String = "", trunkIDs: [String] = [], pin: String? = nil) -> DispatchRule {
    var rule = DispatchRule()
    rule.id = id
    rule.name = name
    rule.trunkIDs = trunkIDs
    rule.setKind(.individual, room: "call-", pin: pin.map { Secret($0) })
    return rule
}
