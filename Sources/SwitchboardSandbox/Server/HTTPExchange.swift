import CMicrohttpd
import Synchronization

/// One request on its way through the daemon; the body is touched by the daemon's thread alone.
final class HTTPExchange: @unchecked Sendable {
    /// How much of a body over the limit is read and dropped before the connection is closed.
    static let patience = 64 << 20

    let target: String
    let answer = Mutex<SandboxAnswer?>(nil)
    var isAccepted = false
    var body: [UInt8] = []
    var received = 0
    var isLaunched = false

    init(target: String) { self.target = target }

    /// Takes a piece of the body; false when the sender goes on far beyond the limit.
    func take(_ bytes: UnsafeRawBufferPointer, limit: Int) -> Bool {
        received += bytes.count
        if received <= limit { body += bytes } else { body = [] }
        return received <= limit + Self.patience
    }
}

/// The functions that the daemon calls, kept out of any actor.
enum HTTPCallbacks {
    static var table: swb_http_callbacks {
        swb_http_callbacks(context: nil, begin: begin, handle: handle, end: end)
    }

    private static let begin:
        @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?)
            -> UnsafeMutableRawPointer? = { _, target in
                let exchange = HTTPExchange(target: target.map { String(cString: $0) } ?? "")
                return Unmanaged.passRetained(exchange).toOpaque()
            }

    private static let end: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Void = {
        context, request in
        guard let context, let request else { return }
        let exchange = Unmanaged<HTTPExchange>.fromOpaque(request).takeRetainedValue()
        if exchange.isLaunched { Unmanaged<HTTPService>.fromOpaque(context).takeUnretainedValue().landed() }
    }

    private static let handle:
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?,
            UnsafePointer<CChar>?, UnsafeMutablePointer<Int>?
        ) -> Int32 = { context, request, connection, method, upload, size in
            guard let context, let request, let connection, let method, let size else { return 0 }
            let service = Unmanaged<HTTPService>.fromOpaque(context).takeUnretainedValue()
            let exchange = Unmanaged<HTTPExchange>.fromOpaque(request).takeUnretainedValue()
            guard exchange.isAccepted else {
                exchange.isAccepted = true
                return 1
            }
            if size.pointee > 0 {
                let bytes = UnsafeRawBufferPointer(start: upload, count: size.pointee)
                size.pointee = 0
                return exchange.take(bytes, limit: service.bodyLimit) ? 1 : 0
            }
            if exchange.isLaunched { return send(exchange, on: connection) }
            exchange.isLaunched = true
            let whole = SandboxRequest(
                method: String(cString: method), target: exchange.target, headers: headers(of: connection),
                body: exchange.body, isTooLarge: exchange.received > service.bodyLimit)
            exchange.body = []
            service.launch(exchange, on: SuspendedConnection(suspending: connection), whole)
            return 1
        }

    private static func headers(of connection: OpaquePointer) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        withUnsafeMutablePointer(to: &headers) { pointer in
            swb_http_headers(connection, visit, UnsafeMutableRawPointer(pointer))
        }
        return headers
    }

    private static let visit:
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafePointer<CChar>?, UnsafePointer<CChar>?
        ) -> Void = { context, name, value in
            guard let context, let name, let value else { return }
            context.assumingMemoryBound(to: [(name: String, value: String)].self).pointee
                .append((String(cString: name), String(cString: value)))
        }

    /// Queues the stored answer; returns MHD_NO, which closes the connection, for an answer that is lost.
    private static func send(_ exchange: HTTPExchange, on connection: OpaquePointer) -> Int32 {
        guard let answer = exchange.answer.withLock({ $0 }) else { return 1 }
        if answer.isLost { return 0 }
        guard let response = answer.body.withUnsafeBytes({ swb_http_response($0.baseAddress, $0.count) }) else {
            return 0
        }
        if let type = answer.contentType { swb_http_header_add(response, "Content-Type", type) }
        if let seconds = answer.retryAfter { swb_http_header_add(response, "Retry-After", String(seconds)) }
        for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) {
            swb_http_header_add(response, name, value)
        }
        return swb_http_respond(connection, UInt32(answer.status), response)
    }
}
