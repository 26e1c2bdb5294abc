import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// All that a workspace and its carrier hold, to be compared as data; when something was last changed does not count.
struct World: Equatable {
    var owned: [E164]
    var bindings: [E164: [String]]
    var carriersTrunks: [SIPTrunk]
    var rules: [DispatchRule]
    var numbers: [WorkspaceNumber]
    var agents: [Agent]
    var trunks: [Trunk]
    /// The number that the next `first` gets; one that is claimed is none.
    var free: [E164]

    init(_ workspace: Workspace) throws {
        let (carrier, store, profile) = (workspace.carrier, workspace.store, Profile.sandboxName)
        owned = carrier.owned
        bindings = Dictionary(uniqueKeysWithValues: carrier.owned.map { ($0, carrier.agents(of: $0)) })
        (carriersTrunks, rules) = (carrier.trunks, carrier.rules)
        numbers = try store.numbers(profile: profile).map { number in
            var number = number
            number.updatedAt = number.createdAt
            return number
        }
        agents = try store.agents(profile: profile)
        trunks = try store.trunks(profile: profile)
        let holder = "a test \(UInt64.random(in: 0 ... .max))"
        free = try store.claim(
            (0...9).map { e164($0) }, count: 10, provider: "fake", profile: profile, holder: holder,
            until: workspace.clock.now.addingTimeInterval(600), now: workspace.clock.now)
        try store.unclaim(free, provider: "fake", profile: profile, holder: holder)
    }
}

extension Outcome {
    /// What the notes of the first fault say, by label.
    func told(_ label: String) -> [String] {
        (report.diagnostics.first?.notes ?? []).filter { $0.label == label }.map(\.text)
    }
}
