import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// Having the platform's trunk of an account call out by the carrier's trunk as it is there, with a password that the
/// carrier is told next.
///
/// It mends what somebody has deleted at the carrier, so nothing takes it back: what was there before leads nowhere.
struct CallOutEffect: Effect {
    /// What it leads to.
    struct Outcome: Codable, Sendable {}

    /// The kind.
    static let kind = "call-out-by-carrier"

    /// The ledger's row of the account's trunk, as it is to be.
    let row: Trunk
    /// The platform's id of the half that calls go out by.
    let trunkID: String
    /// The carrier's host.
    let address: String
    let username: String
    let password: SecretReference

    /// The text `trunk ST_4fGh7JkLmNpQ`.
    var subject: String { "trunk \(trunkID)" }

    /// None.
    var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    var summary: String { "have trunk \(trunkID) call out by \(address)" }

    /// Changes the trunk; its numbers stay.
    func perform(in world: EffectWorld) async throws -> Outcome {
        let routing = try world.routing()
        guard let trunk = try await routing.trunk(id: trunkID) else {
            throw SwitchboardError(.notFound, "there is no trunk \(trunkID) any more")
        }
        var change = RoutingChange(trunk.document.schema)
        try change.set("address", .string(address))
        try change.set("auth_username", .string(username))
        change.secrets["auth_password"] = try world.secret(password)
        _ = try await routing.update(trunk, by: change, key: world.key)
        return Outcome()
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// Nobody can read a password, so it is set once more.
    func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> { .notDone }

    /// The row has the carrier's trunk as it is there.
    func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] {
        guard var row = try world.store.trunks(profile: world.profile).first(where: { $0.id == row.id }) else {
            return []
        }
        row.carrierTrunkID = self.row.carrierTrunkID
        return [.putTrunk(row)]
    }

    /// Nothing has to.
    func inverse(of outcome: Outcome) -> Inverse { .unneeded }
}

extension Trunk {
    /// The same with the carrier's trunk as it is there.
    func led(by trunk: CarrierTrunk) -> Trunk {
        var row = self
        row.carrierTrunkID = trunk.id
        return row
    }
}
