public import SwitchboardCore
public import SwitchboardEngine

extension RunSession {
    /// The platform's trunks, its dispatch rules and the numbers that it holds itself, as they are now.
    public func routingPicture() throws -> RoutingPicture {
        let (routing, answering) = (try providers.callRouting(), try providers.callAnswering())
        return try ask {
            RoutingPicture(
                trunks: try await routing.trunks(), rules: try await routing.dispatchRules(),
                numbers: try await answering.ownedNumbers(OwnedNumberFilter()).map {
                    RoutedNumber(e164: $0.e164, inboundID: $0.providerID)
                })
        }
    }
}
