import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// What trunks and dispatch rules have in common for the commands that make, change and delete them.
protocol Routed: Codable, Sendable {
    /// What it says.
    var document: RoutingDocument { get set }
    /// The platform's id; empty before it is made.
    var id: String { get }
    /// The user's own words; may be empty.
    var name: String { get }

    /// The first word of its commands.
    static var word: String { get }
    /// What one more takes of the workspace's places.
    static var slots: Intent.Slots { get }
    /// What tells it from others where it has no name.
    var traits: String { get }
    /// Whether to be the same its secrets have to be the same.
    var isKnownByItsSecrets: Bool { get }
    /// The numbers whose calls it may decide on, by the platform's ids of them.
    var numberIDs: [String] { get }

    /// Makes one from what it says.
    init(_ document: RoutingDocument)
    /// The same with its numbers as the platform compares them.
    func normalized() -> Self
    /// What is wrong with it.
    func faults(catchAll isWanted: Bool) -> [RoutingFault]
    /// What stands in its way.
    func conflict(among others: [Self]) -> RoutingFault?
    /// What is legal and yet probably wrong.
    func warnings(in picture: RoutingPicture) -> [String]

    /// Whether it may decide where calls to a number go.
    func concerns(_ number: RoutedNumber) -> Bool

    /// Those of a picture.
    static var list: WritableKeyPath<RoutingPicture, [Self]> { get }
    /// Those that the platform has now.
    static func all(at routing: any CallRouting) async throws -> [Self]
    /// The one that the platform has under an id.
    static func find(id: String, at routing: any CallRouting) async throws -> Self?
    /// Makes it, and returns it with its id.
    func create(at routing: any CallRouting, key: String) async throws -> Self
    /// Changes this one, as it was last read.
    func update(by change: RoutingChange, at routing: any CallRouting, key: String) async throws -> Self
    /// Puts this one in the place of the one with its id.
    func replace(at routing: any CallRouting, key: String) async throws -> Self
    /// Deletes the one with the id.
    static func delete(id: String, at routing: any CallRouting, key: String) async throws

    /// What the ledger takes over when one becomes another, is made or goes; a row that is made gets the id.
    static func ledgerChanges(
        from old: Self?, to new: Self?, rowID: String?, in world: EffectWorld
    ) throws -> [LedgerChange]
}

extension Routed {
    /// What users call it: `inbound trunk 'main' (ST_4fGh7JkLmNpQ)`, without a name `inbound trunk ST_4fGh7JkLmNpQ`.
    var title: String {
        let words = name.isEmpty ? [id.isEmpty ? traits : id] : ["'\(name)'", id.isEmpty ? "" : "(\(id))"]
        return ([document.schema.noun] + words).filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Whether both say the same, with the secrets that matter.
    func means(_ other: Self) -> Bool {
        document.means(other.document, comparingSecrets: isKnownByItsSecrets)
    }
}
