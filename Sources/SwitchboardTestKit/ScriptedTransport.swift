public import SwitchboardCore
import Synchronization

/// A pretended network: it answers from a list, in order, and records what it was asked.
///
/// A request that the list does not expect next fails as `notSent` and is a complaint; so is what is left of the list
/// at the end. A test ends with `#expect(transport.complaints.isEmpty)`.
public final class ScriptedTransport: HTTPTransport {
    private struct State {
        var script: [ScriptedExchange]
        var sent: [HTTPRequest] = []
        var complaints: [String] = []
    }

    private let state: Mutex<State>
    private let responder: (@Sendable (HTTPRequest) async throws -> HTTPAnswer)?

    /// Makes a network that knows these exchanges and no other.
    public init(_ script: [ScriptedExchange]) {
        state = Mutex(State(script: script))
        responder = nil
    }

    /// Makes a network whose answers a function gives, such as a small world in memory.
    public init(answeringWith responder: @escaping @Sendable (HTTPRequest) async throws -> HTTPAnswer) {
        state = Mutex(State(script: []))
        self.responder = responder
    }

    /// What was sent so far, in order.
    public var sent: [HTTPRequest] { state.withLock(\.sent) }

    /// What was sent and not expected, then what was expected and not sent.
    public var complaints: [String] {
        state.withLock { state in
            state.complaints + state.script.filter { $0.times.lowerBound > 0 }.map { "not sent: \($0)" }
        }
    }

    /// Takes the next exchange of the list.
    public func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        if let responder {
            state.withLock { $0.sent.append(request) }
            return try await responder(request)
        }
        let exchange = state.withLock { state -> ScriptedExchange? in
            state.sent.append(request)
            return Self.take(request, from: &state)
        }
        guard let exchange else {
            throw TransportFailure(.notSent, "the script does not expect \(request.method) \(request.url)")
        }
        return try exchange.result.get()
    }

    private static func take(_ request: HTTPRequest, from state: inout State) -> ScriptedExchange? {
        while let next = state.script.first {
            if next.expects(request) {
                if next.times.upperBound == 1 {
                    state.script.removeFirst()
                } else {
                    state.script[0].times = max(0, next.times.lowerBound - 1)...(next.times.upperBound - 1)
                }
                return next
            }
            guard next.times.lowerBound == 0 else { break }
            state.script.removeFirst()
        }
        state.complaints.append("not expected: \(request.method) \(request.url)")
        return nil
    }
}

/// One exchange of a script: which request is expected and what comes back.
public struct ScriptedExchange: Sendable, CustomStringConvertible {
    /// The method.
    public var method: String
    /// What the URL ends with.
    public var urlSuffix: String
    /// The answer, or how the exchange fails.
    public var result: Result<HTTPAnswer, TransportFailure>
    /// How often it may be asked in a row; the most is 1 or more.
    public var times: ClosedRange<Int>

    /// Makes an exchange that is expected once unless said otherwise; a client that repeats needs `1...4`.
    public init(
        _ method: String, _ urlSuffix: String, _ result: Result<HTTPAnswer, TransportFailure>,
        times: ClosedRange<Int> = 1...1
    ) {
        self.method = method
        self.urlSuffix = urlSuffix
        self.result = result
        self.times = times
    }

    /// The method and the end of the URL.
    public var description: String { "\(method) …\(urlSuffix)" }

    fileprivate func expects(_ request: HTTPRequest) -> Bool {
        request.method == method && request.url.hasSuffix(urlSuffix)
    }
}

extension HTTPAnswer {
    /// An answer with a JSON body and its content type.
    public static func json(_ status: Int, _ body: String) -> HTTPAnswer {
        HTTPAnswer(status: status, headers: [HTTPField("Content-Type", "application/json")], body: Array(body.utf8))
    }

    /// An answer with a plain text, as proxies and middlewares give.
    public static func text(_ status: Int, _ body: String) -> HTTPAnswer {
        HTTPAnswer(
            status: status, headers: [HTTPField("Content-Type", "text/plain; charset=utf-8")], body: Array(body.utf8))
    }
}
