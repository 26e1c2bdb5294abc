import FoundationEssentials
import SwitchboardCore
import Synchronization

/// The limits of an account, which whoever uses it in this process shares.
enum LimitCases {
    static let all = [
        ContractCase(
            "limits-concurrency", .every, shows: "no more requests are under way than the account's limits allow"
        ) { bench in
            let counter = CountingTransport(bench.subject.transport)
            var subject = bench.subject.over(counter)
            subject.limits = RequestLimits(concurrency: 2)
            try await lookUps(6, by: try subject.trial().provider, try bench.nobody())
            try require(counter.most <= 2, "2 were allowed at a time, and \(counter.most) were under way")
            try require(counter.most == 2, "2 were allowed at a time, and they went one by one")
            return "2 of 6 at a time"
        },
        ContractCase(
            "limits-rate", .every, shows: "no more requests are sent in a second than the account's limits allow"
        ) { bench in
            var subject = bench.subject
            subject.limits = RequestLimits(perSecond: 2)
            let trial = try subject.trial(on: ManualClock(now: Date(), skipsWaits: true))
            for _ in 0..<6 { _ = try await trial.provider.lookUp(try bench.nobody()) }
            // Two go at once, then one every half second.
            try require(trial.waited >= .milliseconds(1900), "6 requests at 2 a second took \(trial.waited)")
            return "6 requests at 2 a second"
        },
    ]

    private static func lookUps(_ count: Int, by provider: any NumberProvider, _ number: E164) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count { group.addTask { _ = try await provider.lookUp(number) } }
            try await group.waitForAll()
        }
    }
}

/// A network that counts how many requests are under way.
private final class CountingTransport: HTTPTransport {
    private struct Count {
        var now = 0
        var most = 0
    }

    private let next: any HTTPTransport
    private let count = Mutex(Count())

    init(_ next: any HTTPTransport) { self.next = next }

    /// How many were under way at most.
    var most: Int { count.withLock(\.most) }

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        count.withLock { count in
            count.now += 1
            count.most = max(count.most, count.now)
        }
        defer { count.withLock { $0.now -= 1 } }
        // Long enough for every other that may leave.
        try? await Task.sleep(for: .milliseconds(30))
        return try await next.send(request)
    }
}
