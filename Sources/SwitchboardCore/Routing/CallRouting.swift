/// The trunks and dispatch rules of the platform that answers calls; an ability of an `AgentPlatform`.
///
/// Every change takes a key that is the same on every attempt of one change, so that it happens once. Errors are
/// `SwitchboardError`; none of them, and nothing that is logged, holds a password or a PIN.
public protocol CallRouting: Sendable {
    /// Lists the trunks of both directions in ascending order of their ids, each once.
    func trunks() async throws -> [SIPTrunk]

    /// Returns the trunk of either direction; nil where there is none.
    func trunk(id: String) async throws -> SIPTrunk?

    /// Makes a trunk and returns it with its id; the id in it has to be empty.
    func create(_ trunk: SIPTrunk, key: String) async throws -> SIPTrunk

    /// Changes a trunk, given as it was last read, and returns it as it is afterwards.
    func update(_ trunk: SIPTrunk, by change: RoutingChange, key: String) async throws -> SIPTrunk

    /// Puts a trunk in the place of the one with its id; what it does not say is lost.
    func replace(_ trunk: SIPTrunk, key: String) async throws -> SIPTrunk

    /// Deletes a trunk of either direction; rules keep its id. An unknown id changes nothing.
    func deleteTrunk(id: String, key: String) async throws

    /// Lists the dispatch rules in ascending order of their ids, each once.
    func dispatchRules() async throws -> [DispatchRule]

    /// Makes a dispatch rule and returns it with its id; the id in it has to be empty.
    func create(_ rule: DispatchRule, key: String) async throws -> DispatchRule

    /// Changes a dispatch rule, given as it was last read, and returns it as it is afterwards.
    func update(_ rule: DispatchRule, by change: RoutingChange, key: String) async throws -> DispatchRule

    /// Puts a dispatch rule in the place of the one with its id; what it does not say is lost.
    func replace(_ rule: DispatchRule, key: String) async throws -> DispatchRule

    /// Deletes a dispatch rule; numbers that it alone served reach nobody. An unknown id changes nothing.
    func deleteDispatchRule(id: String, key: String) async throws
}
