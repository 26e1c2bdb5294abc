import LiveKitProvider
import SwitchboardCore
import Synchronization

extension PlantedFault<Graft> {
    /// Faults of changes: numbers, assignments, bindings, numbers on trunks.
    static let writes = purchases + releases + assignments + bindings + listings

    private static let purchases = [
        PlantedFault(
            "buys two numbers for one", caughtBy: "purchase-and-release",
            Graft(purchase: { provider, number, key in
                let owned = try await provider.purchase(number, key: key)
                let other = try await provider.search(NumberQuery(countryCode: "US", limit: 1)).first
                if let other { _ = try await provider.purchase(other.e164, key: key + "-other") }
                return owned
            })),
        PlantedFault(
            "sells a number again that the account holds", caughtBy: "purchase-and-release",
            Graft(purchase: { provider, number, key in
                if let held = try await provider.lookUp(number) { return held }
                return try await provider.purchase(number, key: key)
            })),
        PlantedFault(
            "returns another number than was bought", caughtBy: "purchase-twice",
            Graft(purchase: { provider, number, key in
                var owned = try await provider.purchase(number, key: key)
                if let other = E164("+12125550100") { owned.e164 = other }
                return owned
            })),
        PlantedFault(
            "says success on 401", caughtBy: "purchase-refused",
            Graft(purchase: { provider, number, key in
                do { return try await provider.purchase(number, key: key) } catch let error as SwitchboardError
                    where error.code == .unauthorized
                {
                    return OwnedNumber(
                        provider: "livekit", providerID: "PN_PPN_7hJk2mNpQrSt", e164: number, status: .active,
                        countryCode: "US")
                }
            })),
        PlantedFault(
            "does not wait where it is asked to", caughtBy: "purchase-429",
            Graft(network: { request, next, _ in
                var answer = try await next.send(request)
                answer.headers.removeAll { $0.name == "Retry-After" }
                return answer
            })),
        PlantedFault(
            "calls 429 a broken server", caughtBy: "purchase-429-lasting",
            Graft(error: { error, _ in if error.code == .rateLimited { error.code = .unreachable } })),
        PlantedFault("concludes 'failed' after a 5xx", caughtBy: "purchase-5xx-lasting", denying),
        PlantedFault("concludes 'failed' after a lost answer", caughtBy: "purchase-lost", denying),
        PlantedFault("concludes 'failed' when the line is cut", caughtBy: "purchase-cut", denying),
        PlantedFault("concludes 'failed' from garbage", caughtBy: "purchase-garbage", denying),
        PlantedFault("concludes 'failed' when it is cancelled", caughtBy: "purchase-cancelled", denying),
        PlantedFault(
            "sends the purchase again without having looked", caughtBy: "purchase-lost",
            Graft(network: { request, next, _ in
                var request = request
                // Without its key the vendor recognises nothing.
                request.headers.removeAll { $0.name == "X-Livekit-Request-Id" }
                do { return try await next.send(request) } catch is TransportFailure {
                    return try await next.send(request)
                }
            })),
        PlantedFault(
            "leaves open what was never sent", caughtBy: "purchase-no-connection",
            Graft(error: { error, _ in error.mayHaveHappened = true })),
        PlantedFault(
            "hides that a number is taken", caughtBy: "purchase-not-for-sale",
            Graft(error: { error, _ in if error.code == .taken { error.code = .conflict } })),
    ]

    /// Whoever hears of an open outcome is told that nothing happened.
    private static let denying = Graft(error: { error, _ in error.mayHaveHappened = false })

    private static let releases = [
        PlantedFault("gives nothing up", caughtBy: "release-twice", Graft(release: { _, _, _ in })),
        PlantedFault(
            "gives up what is gone", caughtBy: "purchase-and-release",
            Graft(release: { provider, number, key in
                do { try await provider.release(number, key: key) } catch let error as SwitchboardError
                    where error.code == .notFound
                {}
            })),
        PlantedFault(
            "gives another one up as well", caughtBy: "release-other",
            Graft(release: { provider, number, key in
                try await provider.release(number, key: key)
                for other in try await provider.ownedNumbers(OwnedNumberFilter()) {
                    try await provider.release(other, key: key + "-\(other.providerID)")
                }
            })),
        PlantedFault("finds a number that is gone", caughtBy: "purchase-and-release", Memory.remembering()),
        PlantedFault("concludes 'failed' after a lost answer", caughtBy: "release-cut", denying),
    ]

    private static let assignments = [
        PlantedFault(
            "assigns nothing", caughtBy: "assign-twice",
            Graft(assign: { _, number, rule, _ in
                var number = number
                number.dispatchRuleIDs = [rule]
                return number
            })),
        PlantedFault(
            "takes an unknown rule", caughtBy: "assign-unknown",
            Graft(assign: { provider, number, rule, key in
                do { return try await provider.assign(number, toDispatchRule: rule, key: key) } catch let error
                    as SwitchboardError where error.code == .notFound
                {
                    return number
                }
            })),
        PlantedFault("concludes 'failed' after a lost answer", caughtBy: "assign-cut", denying),
    ]

    private static let bindings = [
        PlantedFault(
            "binds nothing", caughtBy: "bind-twice",
            Graft(bind: { _, _, agent, _ in AgentBinding(dispatchRuleID: "SDR_9aBcDeFgHjKm", agents: [agent]) })),
        PlantedFault(
            "binds what nobody has bound", caughtBy: "bind-nobody",
            Graft(binding: { _, _ in AgentBinding(dispatchRuleID: "SDR_9aBcDeFgHjKm", agents: []) })),
        PlantedFault(
            "concludes 'failed' after a lost answer", caughtBy: "bind-cut",
            Graft(bind: { provider, number, agent, key in
                do { return try await provider.agentPlatform.bind(number, to: agent, key: key) } catch var error
                    as SwitchboardError
                {
                    error.mayHaveHappened = false
                    throw error
                }
            })),
        PlantedFault(
            "leaves a bound number with its agent", caughtBy: "rebind-twice",
            Graft(bind: { provider, number, agent, key in
                if let binding = try await provider.agentPlatform.binding(of: number) { return binding }
                return try await provider.agentPlatform.bind(number, to: agent, key: key)
            })),
        PlantedFault("unbinds nothing", caughtBy: "unbind-twice", Graft(unbind: { _, _, _ in })),
        PlantedFault(
            "unbinds every number", caughtBy: "bind-apart",
            Graft(unbind: { provider, _, key in
                for number in try await provider.ownedNumbers(OwnedNumberFilter()) {
                    try await provider.agentPlatform.unbind(
                        RoutedNumber(e164: number.e164, inboundID: number.providerID), key: key + number.providerID)
                }
            })),
    ]

    private static let listings = [
        PlantedFault(
            "lists a number in the place of all others", caughtBy: "byoc-list-twice",
            Graft(update: { routing, trunk, change, key in
                var change = change
                change.lists["numbers"] = .init(set: change.lists["numbers"]?.add)
                return try await routing.update(trunk, by: change, key: key)
            })),
        PlantedFault("takes no number off", caughtBy: "byoc-unlist-twice", Graft(update: { _, trunk, _, _ in trunk })),
        PlantedFault(
            "concludes 'failed' after a lost answer", caughtBy: "byoc-list-cut",
            Graft(update: { routing, trunk, change, key in
                do { return try await routing.update(trunk, by: change, key: key) } catch var error as SwitchboardError
                {
                    error.mayHaveHappened = false
                    throw error
                }
            })),
    ]
}

/// What a provider remembers that should have asked.
private final class Memory: Sendable {
    private let held = Mutex<[E164: OwnedNumber]>([:])

    /// Finds every number that it has ever found.
    static func remembering() -> Graft {
        let memory = Memory()
        return Graft(lookUp: { provider, number in
            guard let found = try await provider.lookUp(number) else { return memory.held.withLock { $0[number] } }
            memory.held.withLock { $0[number] = found }
            return found
        })
    }
}
