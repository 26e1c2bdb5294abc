import SwitchboardCore
import Synchronization

/// A transport that ends each request as the script says, one step per request; the last step repeats.
final class ScriptedTransport: HTTPTransport {
    enum Step: Sendable {
        case answer(Int, [HTTPField] = [], String = "")
        case failure(TransportFailure)
    }

    private let steps: [Step]
    private let sent = Mutex<[HTTPRequest]>([])

    init(_ steps: Step...) { self.steps = steps }

    var requests: [HTTPRequest] { sent.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        let index = sent.withLock { sent in
            sent.append(request)
            return sent.count - 1
        }
        switch steps[min(index, steps.count - 1)] {
        case .answer(let status, let headers, let body):
            return HTTPAnswer(status: status, headers: headers, body: Array(body.utf8))
        case .failure(let failure): throw failure
        }
    }
}

extension ScriptedTransport.Step {
    static let refused = Self.failure(TransportFailure(.notSent, "connection refused"))
    static let lost = Self.failure(TransportFailure(.maybeSent, timedOut: true, "no answer within 10 s"))
}
