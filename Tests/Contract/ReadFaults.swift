import LiveKitProvider
import SwitchboardCore

extension PlantedFault<Graft> {
    /// Faults of what is made of a failing network and a failing vendor.
    static let reads = [
        PlantedFault(
            "lists nothing on 401", caughtBy: "reads-401",
            Graft(ownedNumbers: { try await nothing($0, on: .unauthorized) })),
        PlantedFault(
            "calls 403 retryable", caughtBy: "reads-403", Graft(error: { error, _ in error.isRetryable = true })),
        PlantedFault(
            "takes a proxy's 404 for 'nobody holds it'", caughtBy: "reads-404",
            Graft(lookUp: { provider, number in
                do { return try await provider.lookUp(number) } catch let error as SwitchboardError
                    where error.status == 404
                {
                    return nil
                }
            })),
        PlantedFault(
            "gives up on 429", caughtBy: "reads-429",
            Graft(network: { request, next, _ in try await send(request, next, 429, as: 400) })),
        PlantedFault(
            "does not read Retry-After", caughtBy: "reads-429-after",
            Graft(network: { request, next, _ in
                var answer = try await next.send(request)
                answer.headers.removeAll { $0.name == "Retry-After" }
                return answer
            })),
        PlantedFault(
            "gives up on 503", caughtBy: "reads-503",
            Graft(network: { request, next, _ in try await send(request, next, 503, as: 501) })),
        PlantedFault("gives up on a lost answer", caughtBy: "reads-lost", Graft(network: permanently)),
        PlantedFault("gives up on a time-out", caughtBy: "reads-timeout", Graft(network: permanently)),
        PlantedFault(
            "swallows 429", caughtBy: "reads-429-lasting",
            Graft(ownedNumbers: { try await nothing($0, on: .rateLimited) })),
        PlantedFault(
            "never stops asking", caughtBy: "reads-503-lasting",
            Graft(lookUp: { provider, number in
                for _ in 0..<4 {
                    do { return try await provider.lookUp(number) } catch is SwitchboardError { continue }
                }
                return try await provider.lookUp(number)
            })),
        PlantedFault(
            "says that a read may have changed something", caughtBy: "reads-lost-lasting",
            Graft(error: { error, _ in error.mayHaveHappened = true })),
        PlantedFault(
            "does not say who failed", caughtBy: "reads-no-connection",
            Graft(error: { error, _ in error.provider = nil })),
        PlantedFault(
            "waits for an hour", caughtBy: "reads-429-long",
            Graft(network: { request, next, context in
                let answer = try await next.send(request)
                if answer.status == 429 { try await context.time.sleep(.seconds(3600)) }
                return answer
            })),
        PlantedFault(
            "takes garbage for an empty list", caughtBy: "reads-garbage",
            Graft(ownedNumbers: { try await nothing($0, on: .badAnswer) })),
        PlantedFault(
            "goes on when it is cancelled", caughtBy: "reads-cancelled",
            Graft(ownedNumbers: { provider in
                try await Task { try await provider.ownedNumbers(OwnedNumberFilter()) }.value
            })),
        PlantedFault(
            "goes on waiting when it is cancelled", caughtBy: "reads-cancelled-wait",
            Graft(ownedNumbers: { provider in
                try await Task { try await provider.ownedNumbers(OwnedNumberFilter()) }.value
            })),
        PlantedFault(
            "knows no limit of concurrency", caughtBy: "limits-concurrency",
            Graft(context: { $0.limits?.concurrency = nil })),
        PlantedFault("knows no limit of rate", caughtBy: "limits-rate", Graft(context: { $0.limits?.perSecond = nil })),
    ]

    private static func nothing(_ provider: Graft.Base, on code: ErrorCode) async throws -> [OwnedNumber] {
        do { return try await provider.ownedNumbers(OwnedNumberFilter()) } catch let error as SwitchboardError
            where error.code == code
        {
            return []
        }
    }

    /// Shows an answer with another status.
    private static func send(
        _ request: HTTPRequest, _ next: any HTTPTransport, _ status: Int, as other: Int
    ) async throws -> HTTPAnswer {
        var answer = try await next.send(request)
        if answer.status == status { answer.status = other }
        return answer
    }

    /// Shows every failure as one that no repetition mends.
    private static let permanently: Graft.Network = { request, next, _ in
        do { return try await next.send(request) } catch var failure as TransportFailure {
            failure.isPermanent = true
            throw failure
        }
    }
}
