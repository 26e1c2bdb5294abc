import LiveKitProvider
import SwitchboardCore

/// What stands in for some of a provider's calls; where it has nothing, the call is the provider's own.
struct Graft: Sendable {
    typealias Base = LiveKitProvider

    var manifest: @Sendable (inout ProviderManifest) -> Void = { _ in }
    var context: @Sendable (inout ProviderContext) -> Void = { _ in }
    /// Called when the provider is made.
    var made: @Sendable (Base, ProviderContext) -> Void = { _, _ in }
    var network: Network?
    /// What becomes of the errors of all calls.
    var error: @Sendable (inout SwitchboardError, ProviderContext) -> Void = { _, _ in }

    var tryCredentials: (@Sendable (Base) async throws -> Void)?
    var ownedNumbers: (@Sendable (Base) async throws -> [OwnedNumber])?
    var lookUp: (@Sendable (Base, E164) async throws -> OwnedNumber?)?
    var search: (@Sendable (Base, NumberQuery) async throws -> [AvailableNumber])?
    var purchase: (@Sendable (Base, E164, _ key: String) async throws -> OwnedNumber)?
    var release: (@Sendable (Base, OwnedNumber, _ key: String) async throws -> Void)?
    var assign: (@Sendable (Base, OwnedNumber, _ rule: String, _ key: String) async throws -> OwnedNumber)?
    var bind: (@Sendable (Base, RoutedNumber, AgentTarget, _ key: String) async throws -> AgentBinding)?
    var unbind: (@Sendable (Base, RoutedNumber, _ key: String) async throws -> Void)?
    var binding: (@Sendable (Base, RoutedNumber) async throws -> AgentBinding?)?
    var update: (@Sendable (any CallRouting, SIPTrunk, RoutingChange, _ key: String) async throws -> SIPTrunk)?

    /// A network that meddles with what passes.
    typealias Network =
        @Sendable (HTTPRequest, _ next: any HTTPTransport, _ context: ProviderContext) async throws -> HTTPAnswer
}

/// The network that a graft has the provider see.
struct MeddlingTransport: HTTPTransport {
    let context: ProviderContext
    let meddle: Graft.Network

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        try await meddle(request, context.transport, context)
    }
}

extension ProviderContext {
    /// The context with the graft's network.
    func with(_ network: Graft.Network?) -> ProviderContext {
        var context = self
        if let network { context.transport = MeddlingTransport(context: self, meddle: network) }
        return context
    }
}
