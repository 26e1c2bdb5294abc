import SwitchboardCore
import Synchronization

/// A network in front of the real one: it keeps what passes, and does to chosen requests what their fault says.
final class Line: HTTPTransport {
    /// A request as it came by.
    struct Passed: Sendable {
        var request: HTTPRequest
        /// Whether the vendor may have carried it out although the answer does not say so.
        var isOpen: Bool
    }

    private struct State {
        var passed: [Passed] = []
        var held = 0
    }

    private let next: any HTTPTransport
    private let fault: LineFault?
    private let state = Mutex(State())

    init(to next: any HTTPTransport, fault: LineFault? = nil) {
        self.next = next
        self.fault = fault
    }

    /// What came by so far, in order.
    var passed: [Passed] { state.withLock(\.passed) }
    /// How many requests came by.
    var count: Int { passed.count }
    /// How many wait for an answer that does not come.
    var heldCount: Int { state.withLock(\.held) }

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        let kind = state.withLock { state in
            let kind = fault.flatMap { $0.befalls(state.passed.count) ? $0.kind : nil }
            state.passed.append(Passed(request: request, isOpen: kind?.leavesOpen ?? false))
            return kind
        }
        switch kind {
        case nil: return try await next.send(request)
        case .refused(let answer): return answer
        case .answeredWith(let answer):
            _ = try await next.send(request)
            return answer
        case .garbled(let body):
            var answer = try await next.send(request)
            if (200..<300).contains(answer.status) { answer.body = body }
            return answer
        case .lost(let isDelivered, let timedOut):
            if isDelivered { _ = try await next.send(request) }
            throw TransportFailure(.maybeSent, timedOut: timedOut, "the connection broke")
        case .noConnection: throw TransportFailure(.notSent, "connection refused")
        case .held(let isDelivered):
            if isDelivered { _ = try await next.send(request) }
            return try await hold()
        }
    }

    /// Waits until the caller gives up.
    private func hold() async throws -> HTTPAnswer {
        state.withLock { $0.held += 1 }
        do { try await Task.sleep(for: .seconds(3600)) } catch {
            throw TransportFailure(.cancelled, "the caller cancelled")
        }
        throw TransportFailure(.maybeSent, timedOut: true, "no answer came")
    }
}
