import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// Leading a number's calls into the account's trunk; from this step on they reach the platform.
struct AttachStep: CarrierStep {
    static let word = "attach"
    /// As it was before.
    let number: CarrierNumber
    let trunkID: String

    var about: String { number.e164.text }
    var e164: E164? { number.e164 }
    var summary: String { "lead the calls to \(number.e164) into trunk \(trunkID)" }

    func found(at carrier: any CarrierTrunking) async throws -> CarrierNumber.Route? {
        try await carrier.holding(of: number.e164)?.route == .trunk(trunkID) ? number.route : nil
    }

    func take(at carrier: any CarrierTrunking, in world: EffectWorld) async throws -> CarrierNumber.Route {
        try await carrier.attach(number, toTrunk: trunkID, key: world.key)
        return number.route
    }

    /// The ledger remembers where the calls went before.
    func changes(_ earlier: CarrierNumber.Route, in world: EffectWorld) throws -> [LedgerChange] {
        guard let before = try world.store.number(number.e164, profile: world.profile) else { return [] }
        var after = before
        // A number that was on the trunk before goes nowhere when it leaves it, unless it is known where it went.
        after.earlierRoute = before.earlierRoute ?? (earlier == .trunk(trunkID) ? .nowhere : earlier)
        after.status = .active
        after.updatedAt = world.time.now()
        return [.changeNumber(from: before, to: after)]
    }

    func undo(_ earlier: CarrierNumber.Route) -> CarrierUndo {
        .step(DetachStep(number: number, trunkID: trunkID))
    }
}

/// Leading a number's calls where they went before; one that somebody has led elsewhere since is left.
struct DetachStep: CarrierStep {
    static let word = "detach"
    /// As it was before the trunk took its calls.
    let number: CarrierNumber
    let trunkID: String

    var about: String { number.e164.text }
    var e164: E164? { number.e164 }
    var summary: String { "lead the calls to \(number.e164) away from trunk \(trunkID)" }

    /// Whether the calls go into the trunk no more, and where they went before.
    func found(at carrier: any CarrierTrunking) async throws -> Bool? {
        guard let now = try await carrier.holding(of: number.e164) else { return true }
        guard now.route != .trunk(trunkID) else { return nil }
        return isRestored(now) ? true : nil
    }

    func take(at carrier: any CarrierTrunking, in world: EffectWorld) async throws -> Bool {
        try await carrier.detach(number, fromTrunk: trunkID, key: world.key)
        guard let now = try await carrier.holding(of: number.e164), !isRestored(now) else { return true }
        do { try await carrier.restore(number, key: "\(world.key)/restore") } catch let error as SwitchboardError
            where [.notFound, .invalidArgument].contains(error.code)
        {
            // What took its calls before is not there any more.
            return false
        }
        return true
    }

    private func isRestored(_ now: CarrierNumber) -> Bool {
        switch number.route {
        case .application, .trunk: now.route == number.route || now.route != .nowhere && now.route != .webhook
        case .webhook, .nowhere: true
        }
    }

    func changes(_ isRestored: Bool, in world: EffectWorld) throws -> [LedgerChange] {
        guard let before = try world.store.number(number.e164, profile: world.profile) else { return [] }
        var after = before
        after.earlierRoute = nil
        after.status = .offline
        after.updatedAt = world.time.now()
        return [.changeNumber(from: before, to: after)]
    }

    func undo(_ isRestored: Bool) -> CarrierUndo { .step(AttachStep(number: number, trunkID: trunkID)) }
}
