import FoundationEssentials
import Glibc

/// `openssl s_server` with a certificate made on the fly; answers every request with a page of its own.
final class TLSServer {
    /// What the certificate says of its server.
    enum Name: String { case right = "IP:127.0.0.1", wrong = "DNS:elsewhere.example" }

    let port: Int
    /// The certificate, which is its own authority.
    let certificate: String
    private let folder: String
    private let process: pid_t

    /// Starts a server; returns when it accepts connections.
    init(name: Name, daysValid: Int = 1) async throws {
        folder = "/tmp/switchboard-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        certificate = folder + "/cert.pem"
        let made = try Self.spawn([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", folder + "/key.pem", "-out", certificate, "-days", "\(daysValid)", "-subj", "/CN=test",
            "-addext", "subjectAltName=\(name.rawValue)",
        ])
        var status: Int32 = 0
        waitpid(made, &status, 0)
        guard status == 0 else { throw Failure(text: "openssl req ended with \(status)") }
        port = TestServer.freePort()
        process = try Self.spawn([
            "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", folder + "/key.pem",
            "-www", "-quiet",
        ])
        guard await accepts() else { throw Failure(text: "openssl s_server does not accept connections") }
    }

    deinit {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        try? FileManager.default.removeItem(atPath: folder)
    }

    struct Failure: Error { var text: String }

    private func accepts() async -> Bool {
        let port = self.port
        return await eventually {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            return withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
        }
    }

    private static func spawn(_ arguments: [String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var process = pid_t()
        let result = posix_spawnp(&process, arguments[0], &actions, nil, pointers, environ)
        guard result == 0 else { throw Failure(text: "\(arguments[0]) cannot be started: \(result)") }
        return process
    }
}
