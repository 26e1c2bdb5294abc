import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// What has become of a number since an effect had to do with it, as the ledger tells.
extension EffectWorld {
    /// The number in the ledger; nil where it is not there any more.
    func held(_ e164: E164) throws -> WorkspaceNumber? {
        guard let held = try store.number(e164, profile: profile), held.status != .released else { return nil }
        return held
    }

    /// What keeps a number from going: an agent that answers, or a trunk that leads its calls; nil where nothing does.
    func user(of held: WorkspaceNumber, besides trunkID: String? = nil) throws -> String? {
        if let agent = held.agentID {
            let name = try store.agents(profile: profile).first { $0.id == agent }?.name ?? agent
            return "it is bound to \(name)"
        }
        return held.trunkID == nil || held.trunkID == trunkID ? nil : "it is on a trunk"
    }

    /// How a number stands that was taken in without an agent; nil where it is not there any more.
    func standing(ofTakenIn e164: E164, on trunkID: String? = nil) throws -> Standing? {
        guard let held = try held(e164) else { return nil }
        return try user(of: held, besides: trunkID).map { .changed($0) } ?? .asLeft
    }
}
