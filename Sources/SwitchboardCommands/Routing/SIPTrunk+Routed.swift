import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

extension SIPTrunk: Routed {
    static var word: String { "trunk" }
    static var slots: Intent.Slots { Intent.Slots(trunks: 1) }

    var traits: String { numbers.isEmpty ? document.text("address") : numbers.joined(separator: " ") }
    var numberIDs: [String] { [] }
    /// A password that nobody gives is left as it is.
    var isKnownByItsSecrets: Bool { !document.secrets.isEmpty }

    func concerns(_ number: RoutedNumber) -> Bool {
        direction == .inbound && (id == number.inboundID || carries(anyOf: [number.e164.text]))
    }
    func warnings(in picture: RoutingPicture) -> [String] { picture.warnings(about: self) }

    static var list: WritableKeyPath<RoutingPicture, [SIPTrunk]> { \.trunks }
    static func all(at routing: any CallRouting) async throws -> [SIPTrunk] { try await routing.trunks() }
    static func find(id: String, at routing: any CallRouting) async throws -> SIPTrunk? {
        try await routing.trunk(id: id)
    }
    func create(at routing: any CallRouting, key: String) async throws -> SIPTrunk {
        try await routing.create(self, key: key)
    }
    func update(by change: RoutingChange, at routing: any CallRouting, key: String) async throws -> SIPTrunk {
        try await routing.update(self, by: change, key: key)
    }
    func replace(at routing: any CallRouting, key: String) async throws -> SIPTrunk {
        try await routing.replace(self, key: key)
    }
    static func delete(id: String, at routing: any CallRouting, key: String) async throws {
        try await routing.deleteTrunk(id: id, key: key)
    }

    /// The row of a trunk that is made here; of others only a name that changed and a row that goes.
    static func ledgerChanges(
        from old: SIPTrunk?, to new: SIPTrunk?, rowID: String?, in world: EffectWorld
    ) throws -> [LedgerChange] {
        let rows = try world.store.trunks(profile: world.profile)
        guard let row = rows.first(where: { $0.names((new ?? old)?.id ?? "") }) else {
            guard let new, let rowID else { return [] }
            if let half = rows.first(where: { $0.id == rowID }) { return [.putTrunk(half.joined(by: new))] }
            return [.putTrunk(Trunk(new, id: rowID, at: world.time.now()))]
        }
        guard let new else {
            return try row.removal(of: old?.id ?? "", world.store, world.profile, at: world.time.now())
        }
        return row.name == new.name ? [] : [.putTrunk(row.named(new.name))]
    }
}

extension Trunk {
    /// The row of a trunk of the platform.
    init(_ trunk: SIPTrunk, id: String, at time: Date) {
        self.init(
            id: id, name: trunk.name, kind: "byoc", direction: trunk.direction == .inbound ? .inbound : .outbound,
            inboundTrunkID: trunk.direction == .inbound ? trunk.id : nil,
            outboundTrunkID: trunk.direction == .outbound ? trunk.id : nil, createdAt: time)
    }

    /// The row with the other direction's half too.
    func joined(by trunk: SIPTrunk) -> Trunk {
        var row = self
        if trunk.direction == .inbound { row.inboundTrunkID = trunk.id } else { row.outboundTrunkID = trunk.id }
        row.direction = .both
        return row
    }

    fileprivate func named(_ name: String) -> Trunk {
        var trunk = self
        trunk.name = name
        return trunk
    }

    /// What taking a half of it away changes: the row goes with its last half, and leaves the numbers that it carried.
    func removal(of half: String?, _ store: any Store, _ profile: String, at time: Date) throws -> [LedgerChange] {
        if let half, halves.contains(where: { $0 != half }) {
            var rest = self
            if inboundTrunkID == half { rest.inboundTrunkID = nil } else { rest.outboundTrunkID = nil }
            rest.direction = rest.inboundTrunkID == nil ? .outbound : .inbound
            return [.putTrunk(rest)]
        }
        let numbers = try store.numbers(profile: profile).filter { $0.trunkID == id }
        return [.removeTrunk(id)]
            + numbers.map { number in
                var freed = number
                freed.trunkID = nil
                if number.comesByTrunk { (freed.status, freed.dispatchRuleIDs) = (.offline, []) }
                freed.updatedAt = time
                return .changeNumber(from: number, to: freed)
            }
    }
}
