import SwitchboardCore
import FoundationEssentials
import Glibc
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@testable import TwilioSandbox

/// The built sandbox with Twilio's emulator in it.
@Suite(.serialized) struct EmulatorProgramTests {
    /// What was answered is true, however the sandbox ends.
    @Test func losesNothingWhenItIsKilled() async throws {
        let program = try await EmulatorProgram()
        var sids: [String?] = []
        for line in 150..<160 {
            sids.append(await program.call("POST", "PhoneNumber=%2B14155550\(line)")?["sid"]?.text)
        }
        #expect(try await program.end(SIGKILL) == -SIGKILL)

        let again = try await EmulatorProgram(in: program.folder)
        #expect(again.client.port == program.client.port)
        let owned = await again.call("GET")?.texts("incoming_phone_numbers", "sid")
        #expect(owned == sids)
        for line in 150..<160 { _ = await again.call("POST", "PhoneNumber=%2B14155550\(line)") }
        let state = await again.client.send("GET", "/_sandbox/state")
        #expect(try JSON(reading: state?.body ?? [])["history"]?.elements?.count == 10)
        #expect(try await again.end(SIGTERM) == 0)
    }

    /// The listeners have ports that follow each other, and every account is printed and listed.
    @Test func printsItsAccounts() async throws {
        let program = try await EmulatorProgram()
        let own = try #require(try program.endpoint())
        #expect(own["settings"]?["account_sid"]?.text == TwilioAccount.first[0].sid)
        #expect(own["settings"]?["url"] == own["url"])
        #expect(own["secrets"] == ["auth_token": "master-token"])
        #expect(
            own.texts("accounts", "name") == ["account customer", "test account: magic numbers, nothing is kept"])
        #expect(try await program.end(SIGTERM) == 0)
        let text = program.text
        for account in TwilioAccount.first {
            #expect(text.contains("account_sid: \(account.sid)\n") && text.contains("auth_token: \(account.token)\n"))
        }
    }

    /// Twilio's own client for Python asks for every operation; its scripts print a line for each check and end at the
    /// first that fails.
    @Test func servesTwiliosClient() async throws {
        let python = try #require(
            ProcessInfo.processInfo.environment["SWITCHBOARD_TEST_PYTHON"],
            "SWITCHBOARD_TEST_PYTHON does not name a Python with Twilio's client; run: scripts/test")
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Interop").path
        let program = try await EmulatorProgram()
        for script in ["phone_numbers", "trunks", "accounts"] {
            let run = try await Subprocess.run(
                python, ["-B", "\(folder)/\(script).py", "http://127.0.0.1:\(program.client.port)"])
            #expect(run.status == 0, "\(run.errorText)")
            #expect(run.outputText.split(separator: "\n").allSatisfy { $0.hasPrefix("ok ") })
            #expect(!run.output.isEmpty)
        }
        let log = try JSON(reading: await program.client.send("GET", "/_sandbox/log")?.body ?? [])
        #expect(Set(TwilioOperation.all.map(\.name)).subtracting(Self.operations(in: log)) == [])
        #expect(try await program.end(SIGTERM) == 0)
    }

    /// The operations that a request log tells of.
    private static func operations(in log: JSON) -> Set<String> {
        let names = (log.elements ?? []).compactMap { entry -> String? in
            let segments = (entry["path"]?.text ?? "").split(separator: "/", omittingEmptySubsequences: false)
            let found = TwilioOperation.all.filter {
                $0.verb == entry["method"]?.text && $0.route.match(segments.dropFirst()) != nil
            }
            return found.max { $0.route.literals < $1.route.literals }?.name
        }
        return Set(names)
    }
}

/// The built `switchboard-sandbox` on a folder of its own, as a client of Twilio's emulator sees it.
private final class EmulatorProgram: Sendable {
    let folder: ScratchFolder
    let client: LoopbackClient
    private let pid: pid_t

    init(in kept: ScratchFolder? = nil) async throws {
        folder = try kept ?? ScratchFolder()
        try? FileManager.default.removeItem(atPath: folder.path + "/endpoint.json")
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
        let program = URL(filePath: bundle).deletingLastPathComponent().appending(path: "switchboard-sandbox").path
        pid = try Self.spawn([program, "--state", folder.path], output: folder.path + "/output")
        var port: UInt16?
        for _ in 0..<1000 where port == nil {
            port = (try? Self.endpoint(folder.path))?["url"]?.text?.split(separator: ":").last.flatMap { UInt16($0) }
            try await Task.sleep(for: .milliseconds(10))
        }
        client = LoopbackClient(port: try #require(port))
    }

    private static func spawn(_ arguments: [String], output: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for number in [1, 2] as [Int32] {
            posix_spawn_file_actions_addopen(&actions, number, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for argument in argv { free(argument) } }
        var child = pid_t()
        guard posix_spawn(&child, arguments[0], &actions, nil, &argv, environ) == 0 else {
            throw SeedRefusal("cannot start \(arguments[0])")
        }
        return child
    }

    /// What the program said.
    var text: String { (try? String(contentsOfFile: folder.path + "/output", encoding: .utf8)) ?? "" }

    /// Where Twilio's emulator listens.
    func endpoint() throws -> JSON? { try Self.endpoint(folder.path) }

    private static func endpoint(_ folder: String) throws -> JSON? {
        let text = try String(contentsOfFile: folder + "/endpoint.json", encoding: .utf8)
        return try JSON(reading: text)["listeners"]?.elements?.first { $0["provider"] == "twilio" }
    }

    /// Buys a number for the first account, or lists them.
    func call(_ method: String, _ body: String = "") async -> JSON? {
        let account = TwilioAccount.first[0]
        let reply = await client.send(
            method, "/2010-04-01/Accounts/\(account.sid)/IncomingPhoneNumbers.json",
            headers: ["Authorization": EmulatorHarness.basic(account.sid, account.token)], body: body)
        return reply.flatMap { try? JSON(reading: $0.body) }
    }

    /// Sends the signal and waits for the end; the exit status, or minus the signal's number.
    func end(_ signal: Int32) async throws -> Int32 {
        kill(pid, signal)
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
}

/// A folder that goes away with the test.
private final class ScratchFolder: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "twilio-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) } }
}
