import Dispatch
import Glibc

/// A small HTTP client for tests that talk to a server on 127.0.0.1; each request has a thread and a connection.
public struct LoopbackClient: Sendable {
    /// The server's port.
    public let port: UInt16

    /// Makes a client.
    public init(port: UInt16) { self.port = port }

    /// What came back.
    public struct Reply: Sendable {
        /// The HTTP status.
        public var status: Int
        /// The headers, names in lower case.
        public var headers: [String: String]
        /// The body.
        public var body: [UInt8]

        /// The body as text.
        public var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Sends one request; nil when the connection ends without an answer or cannot be made.
    public func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String = ""
    ) async -> Reply? {
        await send(method, path, headers: headers, bytes: Array(body.utf8))
    }

    /// Sends one request with a body of any bytes; nil when the connection ends without an answer or cannot be made.
    public func send(
        _ method: String, _ path: String, headers: [String: String] = [:], bytes: [UInt8]
    ) async -> Reply? {
        let bytes = Self.request(method, path, headers, bytes)
        return await withCheckedContinuation { continuation in
            DispatchQueue(label: "loopback").async {
                guard let socket = open() else { return continuation.resume(returning: nil) }
                defer { close(socket) }
                guard Self.write(bytes, to: socket) else { return continuation.resume(returning: nil) }
                continuation.resume(returning: Self.reply(from: socket))
            }
        }
    }

    /// Opens that many connections, sends the request on each, and only then reads the answers.
    public func sendTogether(
        _ count: Int, _ method: String, _ path: String, headers: [String: String] = [:]
    ) async -> [Reply?] {
        let bytes = Self.request(method, path, headers, [])
        return await withCheckedContinuation { continuation in
            DispatchQueue(label: "loopback").async {
                let sockets = (0..<count).compactMap { _ in open() }
                for socket in sockets { _ = Self.write(bytes, to: socket) }
                let replies = sockets.map { Self.reply(from: $0) }
                for socket in sockets { close(socket) }
                continuation.resume(returning: replies)
            }
        }
    }

    /// Opens a connection; nil when nobody listens.
    public func open() -> Int32? {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(socket)
            return nil
        }
        return socket
    }

    private static func request(
        _ method: String, _ path: String, _ headers: [String: String], _ body: [UInt8]
    ) -> [UInt8] {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        if method != "GET" || !body.isEmpty { head += "Content-Length: \(body.count)\r\n" }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
        return Array((head + "\r\n").utf8) + body
    }

    private static func write(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(socket, buffer.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private static func reply(from socket: Int32) -> Reply? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        let end = Array("\r\n\r\n".utf8)
        guard let split = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else { return nil }
        let lines = String(decoding: bytes[..<split], as: UTF8.self).split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        return Reply(status: status, headers: headers, body: Array(bytes[(split + 4)...]))
    }
}
