import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

extension DispatchRule: Routed {
    static var word: String { "dispatch" }
    static var slots: Intent.Slots { Intent.Slots() }

    var traits: String { ([kind?.rawValue ?? "", room] + trunkIDs).filter { !$0.isEmpty }.joined(separator: " ") }
    var numberIDs: [String] { trunkIDs }
    /// A rule with a PIN and one without are two rules.
    var isKnownByItsSecrets: Bool { true }

    func concerns(_ number: RoutedNumber) -> Bool { isCatchAll || trunkIDs.contains(number.inboundID) }
    func warnings(in picture: RoutingPicture) -> [String] { picture.warnings(about: self) }

    static var list: WritableKeyPath<RoutingPicture, [DispatchRule]> { \.rules }
    static func all(at routing: any CallRouting) async throws -> [DispatchRule] { try await routing.dispatchRules() }
    static func find(id: String, at routing: any CallRouting) async throws -> DispatchRule? {
        try await routing.dispatchRules().first { $0.id == id }
    }
    func create(at routing: any CallRouting, key: String) async throws -> DispatchRule {
        try await routing.create(self, key: key)
    }
    func update(by change: RoutingChange, at routing: any CallRouting, key: String) async throws -> DispatchRule {
        try await routing.update(self, by: change, key: key)
    }
    func replace(at routing: any CallRouting, key: String) async throws -> DispatchRule {
        try await routing.replace(self, key: key)
    }
    static func delete(id: String, at routing: any CallRouting, key: String) async throws {
        try await routing.deleteDispatchRule(id: id, key: key)
    }

    /// Nothing: the ledger has no rules; what they do to its numbers is read back from the platform.
    static func ledgerChanges(
        from old: DispatchRule?, to new: DispatchRule?, rowID: String?, in world: EffectWorld
    ) throws -> [LedgerChange] { [] }
}
