import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// Putting exactly one number on the list of the platform's trunk for an account, which is made with its first number: one
/// without numbers would take every call.
struct ListingEffect: Effect {
    /// What it leads to.
    struct Outcome: Codable, Sendable {
        /// The platform's trunk afterwards.
        var trunk: SIPTrunk
        /// Whether it listed the number before.
        var wasThere: Bool
    }

    /// The kind.
    static let kind = "list-number"

    let e164: E164
    /// The ledger's row of the account's trunk, as it is or is to be.
    let row: Trunk
    /// Whether the row takes a place of its own.
    let isNewRow: Bool
    /// The trunk as it is to be made where the platform has none, the number on its list; its secrets are kept apart.
    let draft: SIPTrunk
    let secrets: [String: SecretReference]
    /// The platform's id of the one that there is.
    let trunkID: String?

    /// The text `inbound trunk +14155550100`.
    var subject: String { "\(draft.direction.rawValue) trunk \(e164)" }

    /// One trunk for the first number of an account.
    var slots: Intent.Slots { Intent.Slots(trunks: isNewRow ? 1 : 0) }

    /// What it does.
    var summary: String {
        trunkID.map { "put \(e164) on \(draft.direction.rawValue) trunk \($0)" } ?? "make \(draft.title)"
    }

    /// Adds the number, or makes the trunk.
    func perform(in world: EffectWorld) async throws -> Outcome {
        let routing = try world.routing()
        if let there = try await found(at: routing) {
            if there.numbers.contains(e164.text) { return Outcome(trunk: there.bare, wasThere: !world.isRepeated) }
            var change = RoutingChange(there.document.schema)
            change.lists["numbers"] = .init(add: [e164.text])
            return Outcome(trunk: try await routing.update(there, by: change, key: world.key).bare, wasThere: false)
        }
        if let trunkID { throw SwitchboardError(.notFound, "there is no trunk \(trunkID) any more") }
        var wanted = draft
        try wanted.document.take(secrets, from: world)
        return Outcome(trunk: try await routing.create(wanted, key: world.key).bare, wasThere: false)
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// Asks whether the trunk lists it.
    func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> {
        guard let trunk = try await found(at: world.routing()), trunk.numbers.contains(e164.text) else {
            return .notDone
        }
        return .done(Outcome(trunk: trunk.bare, wasThere: false))
    }

    /// The trunk by its id; one that is to be made by its name, since its id may be lost with the answer.
    private func found(at routing: any CallRouting) async throws -> SIPTrunk? {
        if let trunkID { return try await routing.trunk(id: trunkID) }
        return try await routing.trunks().first {
            $0.direction == draft.direction && $0.name == draft.name && $0.numbers.contains(e164.text)
        }
    }

    /// The trunk has its row, and the number its trunk.
    func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] {
        var row = try world.store.trunks(profile: world.profile).first { $0.id == self.row.id } ?? self.row
        row.carrierTrunkID = self.row.carrierTrunkID
        if draft.direction == .inbound {
            row.inboundTrunkID = outcome.trunk.id
        } else {
            row.outboundTrunkID = outcome.trunk.id
        }
        row.direction = row.outboundTrunkID == nil ? .inbound : row.inboundTrunkID == nil ? .outbound : .both
        guard let before = try world.store.number(e164, profile: world.profile) else { return [.putTrunk(row)] }
        var after = before
        after.trunkID = row.id
        after.account = row.account
        if !before.capabilities.contains("inbound") { after.status = .active }
        after.updatedAt = world.time.now()
        return [.putTrunk(row), .changeNumber(from: before, to: after)]
    }

    /// Taking it off.
    func inverse(of outcome: Outcome) -> Inverse {
        if outcome.wasThere { return .unneeded }
        guard let account = row.account else { return .none(because: "its trunk is of no account") }
        return .effect(
            UnlistingEffect(provider: row.kind, account: account, e164: e164, trunkID: outcome.trunk.id))
    }

    /// Whether no agent answers by the trunk.
    func standing(of outcome: Outcome, in world: EffectWorld) async throws -> Standing {
        let trunks = try world.store.trunks(profile: world.profile)
        let row = trunks.first { $0.names(outcome.trunk.id) }
        return try world.standing(ofTakenIn: e164, on: row?.id) ?? .asLeft
    }
}

/// Taking exactly one number off the list of the platform's trunk for its account, which goes with its last number.
struct UnlistingEffect: AccountEffect {
    /// What it leads to.
    struct Outcome: Codable, Sendable {
        /// Whether the trunk is gone.
        var isTrunkGone: Bool
    }

    /// The kind.
    static let kind = "unlist-number"

    let provider: String
    let account: String
    let e164: E164
    let trunkID: String

    /// The text `trunk ST_4fGh7JkLmNpQ +14155550100`.
    var subject: String { "trunk \(trunkID) \(e164)" }

    /// None.
    var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    var summary: String { "take \(e164) off trunk \(trunkID)" }

    /// Takes it off, or deletes the trunk: without numbers an inbound one would take every call.
    func perform(in world: EffectWorld) async throws -> Outcome {
        let routing = try world.routing()
        guard let trunk = try await routing.trunk(id: trunkID) else { return Outcome(isTrunkGone: true) }
        guard trunk.numbers.contains(e164.text) else { return Outcome(isTrunkGone: false) }
        if trunk.numbers.count > 1 {
            var change = RoutingChange(trunk.document.schema)
            change.lists["numbers"] = .init(remove: [e164.text])
            let after = try await routing.update(trunk, by: change, key: world.key)
            if !after.numbers.isEmpty { return Outcome(isTrunkGone: false) }
        }
        try await routing.deleteTrunk(id: trunkID, key: "\(world.key)/trunk")
        return Outcome(isTrunkGone: true)
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    func foresee(in world: EffectWorld) async throws -> Outcome { try await perform(in: world) }

    /// Asks whether the trunk is gone, or lists others and not this one.
    func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> {
        guard let trunk = try await world.routing().trunk(id: trunkID) else { return .done(Outcome(isTrunkGone: true)) }
        let isOff = !trunk.numbers.isEmpty && !trunk.numbers.contains(e164.text)
        return isOff ? .done(Outcome(isTrunkGone: false)) : .notDone
    }

    /// The number has no trunk any more, and a trunk that is gone no row.
    func changes(_ outcome: Outcome, in world: EffectWorld) throws -> [LedgerChange] {
        var changes: [LedgerChange] = []
        if outcome.isTrunkGone,
            let row = try world.store.trunks(profile: world.profile).first(where: { $0.names(trunkID) })
        {
            changes = try row.removal(of: trunkID, world.store, world.profile, at: world.time.now())
        }
        guard let before = try world.store.number(e164, profile: world.profile), before.trunkID != nil else {
            return changes
        }
        var after = before
        after.trunkID = nil
        after.status = .offline
        after.updatedAt = world.time.now()
        return changes + [.changeNumber(from: before, to: after)]
    }

    /// Nothing takes it back: a trunk that is made anew has another id.
    func inverse(of outcome: Outcome) -> Inverse {
        .none(because: "only an import of the number puts it on a trunk")
    }
}

extension SIPTrunk {
    /// The same without secrets, as the journal may hold it.
    fileprivate var bare: SIPTrunk {
        var bare = self
        bare.document.secrets = [:]
        return bare
    }
}
