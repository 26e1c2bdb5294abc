import CCurl
import SwitchboardCore
import Synchronization

/// One running libcurl thread; the C side outlives every call into it because whoever calls holds this object.
///
/// Unchecked because of the C handle, which is constant and locks by itself.
final class CurlLoop: @unchecked Sendable {
    /// A connection that takes longer is given up while it is still sure that nothing was sent.
    private static let longestConnect = Duration.seconds(5)
    /// More header bytes than this, interim answers and trailers included, are no answer.
    private static let largestHead = 64 << 10

    private let handle: OpaquePointer
    private let longestIdle: Duration
    private let nextID = Atomic<UInt64>(1)
    private let stopping = Mutex(())

    /// Loads the library and starts the thread; throws a permanent `notSent` failure.
    init(library: String, certificates: String?, longestIdle: Duration) throws {
        var message = [CChar](repeating: 0, count: 512)
        guard let handle = swb_curl_start(library, certificates, &message, message.count) else {
            let text = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw TransportFailure(.notSent, isPermanent: true, text)
        }
        self.handle = handle
        self.longestIdle = longestIdle
    }

    deinit { swb_curl_free(handle) }

    /// Cancels everything and waits for the thread.
    func stop() { stopping.withLock { _ in swb_curl_stop(handle) } }

    /// Performs one exchange; cancelling the task ends it.
    func perform(_ checked: CheckedRequest) async throws -> HTTPAnswer {
        let id = nextID.wrappingAdd(1, ordering: .relaxed).oldValue
        let exchange = CurlExchange(request: checked.request, connectLimit: Self.longestConnect)
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                exchange.wait(with: continuation)
                if !submit(checked, id: id, exchange) { exchange.finish(.failure(Self.stopped)) }
                // The handler runs at once for a task that was cancelled before the exchange existed.
                if Task.isCancelled { swb_curl_cancel(handle, id) }
            }
        } onCancel: {
            swb_curl_cancel(handle, id)
        }
        return try exchange.result()
    }

    /// The failure of a request that comes after the end.
    static let stopped = TransportFailure(.notSent, isPermanent: true, "the HTTP client has been shut down")

    private func submit(_ checked: CheckedRequest, id: UInt64, _ exchange: CurlExchange) -> Bool {
        let request = checked.request
        let retained = Unmanaged.passRetained(exchange)
        let accepted = request.method.withCString { method in
            request.url.withCString { url in
                checked.headerLines.withCString { lines in
                    request.body.withUnsafeBufferPointer { body in
                        var form = swb_curl_request(
                            method: method, url: url, header_lines: lines, header_count: request.headers.count,
                            body: body.baseAddress, body_length: body.count,
                            timeout_ms: request.deadline.curlMilliseconds,
                            connect_timeout_ms: min(request.deadline, Self.longestConnect).curlMilliseconds,
                            maximum_idle_seconds: Int(longestIdle.components.seconds),
                            maximum_head: Self.largestHead, maximum_body: max(0, request.maximumAnswerBytes),
                            is_loopback: checked.isLoopback ? 1 : 0)
                        return swb_curl_submit(handle, id, &form, CurlExchange.done, retained.toOpaque())
                    }
                }
            }
        }
        if accepted == 0 { retained.release() }
        return accepted != 0
    }
}

extension Duration {
    /// Whole milliseconds, at least one because libcurl takes zero for "no limit".
    fileprivate var curlMilliseconds: Int { min(max(1, milliseconds), Int(Int32.max)) }
}
