import SwitchboardCore
import FoundationEssentials
import Glibc
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@testable import LiveKitSandbox

/// A folder that goes away with the test.
final class ScratchDirectory: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "livekit-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    /// A store that closes meanwhile takes its own files away, so the removal may have to be begun again.
    deinit {
        for isLast in [false, false, true] {
            do { return try FileManager.default.removeItem(atPath: path) } catch { if isLast { Issue.record(error) } }
        }
    }
}

/// The built `switchboard-sandbox`, run as a process.
final class EmulatorProgram: Sendable {
    let pid: pid_t
    let output: String

    /// Starts the program with its output and errors in a file.
    init(_ arguments: [String], in folder: ScratchDirectory) throws {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
        let program = URL(filePath: bundle).deletingLastPathComponent().appending(path: "switchboard-sandbox").path
        output = folder.path + "/output-\(UUID().uuidString)"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var argv: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for argument in argv { free(argument) } }
        var child = pid_t()
        guard posix_spawn(&child, program, &actions, nil, &argv, environ) == 0 else {
            throw SeedRefusal("cannot start \(program)")
        }
        pid = child
    }

    func signal(_ number: Int32) { kill(pid, number) }

    /// Waits for the end; the exit status, or minus the signal's number.
    func wait() async throws -> Int32 {
        var status: Int32 = 0
        for _ in 0..<1500 {
            if waitpid(pid, &status, WNOHANG) == pid {
                return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        kill(pid, SIGKILL)
        waitpid(pid, &status, 0)
        throw SeedRefusal("the sandbox did not end")
    }

    /// Whether the process has ended; leaves its status to `wait`.
    var hasEnded: Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_signo != 0
    }

    var text: String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }

    /// Waits until the folder says where the program of that pid listens, and returns a client for it.
    func client(of folder: ScratchDirectory) async throws -> LoopbackClient {
        for _ in 0..<1000 {
            if let endpoint = Self.endpoint(of: folder), endpoint["pid"] == .integer(pid) {
                return LoopbackClient(port: try Self.port(endpoint))
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw SeedRefusal("the sandbox did not say where it listens: \(text)")
    }

    static func endpoint(of folder: ScratchDirectory) -> JSON? {
        guard let text = try? String(contentsOfFile: folder.path + "/endpoint.json", encoding: .utf8) else {
            return nil
        }
        return try? JSON(reading: text)
    }

    static func port(_ endpoint: JSON) throws -> UInt16 {
        let url = endpoint["listeners"]?.elements?.first?["url"]?.text ?? ""
        return try #require(url.split(separator: ":").last.flatMap { UInt16($0) })
    }

    /// A token of the program's own key for SIP administration, good for decades.
    static let token: String = {
        let claims = #"{"iss":"devkey","exp":4102444800,"sip":{"admin":true}}"#
        let text = [#"{"alg":"HS256"}"#, claims].map { unpadded(Array($0.utf8)) }.joined(separator: ".")
        return text + "." + unpadded(AccessToken.signature(of: text, secret: "secret"))
    }()

    private static func unpadded(_ bytes: [UInt8]) -> String { Base64URL.encode(bytes).filter { $0 != "=" } }
}
