import Glibc

/// A TCP server on a free loopback port that does to each request what the test says, well-formed or not.
final class TestServer: Sendable {
    struct Request: Sendable {
        /// Request line and headers as they came.
        var head: String
        var body: String
        /// The connection that brought it, counted from 1.
        var connection: Int
        /// The request, counted from 1 over all connections.
        var number: Int

        var line: String { String(head.prefix { $0 != "\r\n" }) }

        func header(_ name: String) -> String? {
            for line in head.split(separator: "\r\n").dropFirst() {
                guard let colon = line.firstIndex(of: ":") else { continue }
                if line[..<colon].lowercased() == name.lowercased() {
                    return String(line[line.index(after: colon)...].drop { $0 == " " })
                }
            }
            return nil
        }
    }

    /// What becomes of the connection after a request.
    enum Next: Sendable { case keep, close, reset }

    typealias Handler = @Sendable (Request, TestConnection) -> Next

    private struct State: Sendable {
        var requests: [Request] = []
        var connections = 0
        var open: Set<Int32> = []
        var threads: [WorkerThread] = []
        var isStopped = false
    }

    let port: Int
    private let listener: Int32
    private let state = Record(State())
    private let handler: Handler

    init(_ handler: @escaping Handler) {
        self.handler = handler
        (listener, port) = Self.listen()
        let thread = WorkerThread { [self] in acceptAll() }
        state.change { $0.threads.append(thread) }
    }

    /// Answers every request with 200 and the text.
    static func answering(_ text: String) -> TestServer { TestServer { _, connection in connection.answer(200, text) } }

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [Request] { state.change { $0.requests } }
    var connectionCount: Int { state.change { $0.connections } }
    var openConnections: Int { state.change { $0.open.count } }

    /// Closes everything and waits for the threads.
    func stop() {
        let threads = state.change { state in
            state.isStopped = true
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
            shutdown(listener, Int32(SHUT_RDWR))
            return state.threads
        }
        for thread in threads { thread.join() }
    }

    /// A port on which nobody listens.
    static func freePort() -> Int {
        let (descriptor, port) = listen()
        close(descriptor)
        return port
    }

    private static func listen() -> (Int32, Int) {
        // A child process that inherited a socket would keep its connection open.
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && Glibc.listen(descriptor, 1024) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        precondition(result, "a test needs a port")
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    private func acceptAll() {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            state.change { state in
                guard !state.isStopped else {
                    close(descriptor)
                    return
                }
                state.connections += 1
                state.open.insert(descriptor)
                let number = state.connections
                state.threads.append(WorkerThread { [self] in serve(descriptor, number) })
            }
        }
        close(listener)
    }

    private func serve(_ descriptor: Int32, _ number: Int) {
        let connection = TestConnection(descriptor: descriptor)
        var buffer: [UInt8] = []
        var next = Next.keep
        while next == .keep, let (head, body) = connection.readRequest(&buffer) {
            let request = state.change { state in
                let count = state.requests.count + 1
                state.requests.append(Request(head: head, body: body, connection: number, number: count))
                return state.requests[count - 1]
            }
            next = handler(request, connection)
        }
        state.change { state in
            state.open.remove(descriptor)
            if next == .reset { connection.makeCloseReset() } else { shutdown(descriptor, Int32(SHUT_RDWR)) }
            close(descriptor)
        }
    }
}

/// One accepted connection.
struct TestConnection: Sendable {
    let descriptor: Int32

    /// Sends bytes; false when the peer is gone.
    @discardableResult func send(_ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    /// Sends a whole answer.
    func answer(_ status: Int, _ body: String, headers: String = "") -> TestServer.Next {
        send("HTTP/1.1 \(status) Word\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
        return .keep
    }

    /// Waits; false when the peer hung up or the server stopped meanwhile.
    func wait(milliseconds: Int32) -> Bool {
        // POLLRDHUP, which the C library shows to GNU sources only.
        var descriptors = pollfd(fd: descriptor, events: 0x2000, revents: 0)
        return poll(&descriptors, 1, milliseconds) == 0
    }

    /// Makes the coming close a reset.
    func makeCloseReset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    fileprivate func readRequest(_ buffer: inout [UInt8]) -> (head: String, body: String)? {
        var headEnd: Int?
        while true {
            headEnd = headEnd ?? buffer.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound
            if let headEnd {
                let head = String(decoding: buffer[..<headEnd], as: UTF8.self)
                let request = TestServer.Request(head: head, body: "", connection: 0, number: 0)
                let length = request.header("Content-Length").flatMap { Int($0) } ?? 0
                if buffer.count >= headEnd + length {
                    let body = String(decoding: buffer[headEnd..<headEnd + length], as: UTF8.self)
                    buffer.removeFirst(headEnd + length)
                    return (head, body)
                }
            }
            var chunk = [UInt8](repeating: 0, count: 65536)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            buffer += chunk[..<count]
        }
    }
}
