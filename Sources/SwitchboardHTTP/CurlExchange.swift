import CCurl
import SwitchboardCore
import Synchronization

/// Where the loop's thread leaves the end of one exchange and wakes the task that waits for it.
///
/// The result travels in the slot and not in the continuation: the thread sanitizer cannot see the order that a
/// continuation resumed from a foreign thread establishes.
final class CurlExchange: Sendable {
    private struct Slot {
        var continuation: CheckedContinuation<Void, Never>?
        var result: Result<HTTPAnswer, TransportFailure>?
    }

    private let deadline: Duration
    private let connectLimit: Duration
    private let maximumAnswerBytes: Int
    private let slot = Mutex(Slot())

    init(request: HTTPRequest, connectLimit: Duration) {
        self.deadline = request.deadline
        self.connectLimit = min(connectLimit, request.deadline)
        self.maximumAnswerBytes = request.maximumAnswerBytes
    }

    /// Names the continuation to resume; called before the exchange is submitted.
    func wait(with continuation: CheckedContinuation<Void, Never>) {
        slot.withLock { $0.continuation = continuation }
    }

    /// Leaves the result and resumes the waiting task.
    func finish(_ result: Result<HTTPAnswer, TransportFailure>) {
        let waiting = slot.withLock { slot in
            slot.result = result
            return slot.continuation.take()
        }
        waiting?.resume()
    }

    /// The result; called after the continuation was resumed.
    func result() throws -> HTTPAnswer {
        let result = slot.withLock { $0.result }
        return try (result ?? .failure(TransportFailure(.maybeSent, "the HTTP thread left no result"))).get()
    }

    /// Libcurl's end of an exchange; takes over the reference that was passed as context.
    static let done: @convention(c) (UnsafeMutableRawPointer, UnsafePointer<swb_curl_result>) -> Void = {
        context, result in
        let exchange = Unmanaged<CurlExchange>.fromOpaque(context).takeRetainedValue()
        exchange.finish(exchange.outcome(of: result.pointee))
    }

    private func outcome(of result: swb_curl_result) -> Result<HTTPAnswer, TransportFailure> {
        guard result.end == SWB_CURL_ANSWERED else { return .failure(failure(result)) }
        let head = UnsafeBufferPointer(start: result.head, count: result.head_length)
        let body = UnsafeBufferPointer(start: result.body, count: result.body_length)
        return .success(
            HTTPAnswer(status: Int(result.status), headers: HeaderBlock.fields(of: head), body: Array(body)))
    }

    private func failure(_ result: swb_curl_result) -> TransportFailure {
        let words = String(cString: result.message)
        switch (result.end, result.reason) {
        case (SWB_CURL_CANCELLED, SWB_CURL_STOPPED):
            return TransportFailure(.cancelled, isPermanent: true, "the HTTP client has been shut down")
        case (SWB_CURL_CANCELLED, _):
            return TransportFailure(.cancelled, "the request was cancelled")
        case (SWB_CURL_NOT_SENT, SWB_CURL_TIMED_OUT):
            return TransportFailure(.notSent, timedOut: true, "no connection within \(connectLimit.inWords)")
        case (_, SWB_CURL_TIMED_OUT):
            return TransportFailure(.maybeSent, timedOut: true, "no answer within \(deadline.inWords)")
        case (SWB_CURL_NOT_SENT, SWB_CURL_CERTIFICATE):
            return TransportFailure(.notSent, isPermanent: true, "the server's certificate is not trusted: \(words)")
        case (SWB_CURL_NOT_SENT, _):
            return TransportFailure(.notSent, isPermanent: result.reason == SWB_CURL_REFUSED, words)
        case (SWB_CURL_INVALID, SWB_CURL_TOO_LARGE):
            return TransportFailure(
                .answerInvalid, isPermanent: true,
                "the answer is larger than \(maximumAnswerBytes) bytes, or its header than 65536")
        case (SWB_CURL_INVALID, _):
            return TransportFailure(.answerInvalid, "the answer is not HTTP: \(words)")
        case (_, SWB_CURL_CLOSED):
            return TransportFailure(.maybeSent, "the server closed the connection without an answer")
        default:
            return TransportFailure(.maybeSent, words)
        }
    }
}
