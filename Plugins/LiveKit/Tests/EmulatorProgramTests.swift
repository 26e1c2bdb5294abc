import SwitchboardCore
import FoundationEssentials
import Glibc
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@testable import LiveKitSandbox

/// The program itself: its state, its files, its locks and its end.
@Suite(.serialized) struct EmulatorProgramTests {
    private func call(_ client: LoopbackClient, _ method: String, _ body: String, id: String = "") async -> JSON? {
        let reply = await client.send(
            "POST", "/twirp/livekit." + method,
            headers: [
                "Authorization": "Bearer \(EmulatorProgram.token)", "Content-Type": "application/json",
                "X-Livekit-Request-Id": id,
            ], body: body)
        return reply.flatMap { try? JSON(reading: $0.body) }
    }

    @Test func losesNothingWhenItIsKilled() async throws {
        let folder = try ScratchDirectory()
        let buy = "PhoneNumberService/PurchasePhoneNumber"
        let first = try EmulatorProgram(["--on-demand", "--state", folder.path], in: folder)
        let client = try await first.client(of: folder)
        _ = await client.send(
            "POST", "/_sandbox/faults", body: #"{"fault":"slow","delay_ms":1,"method":"DeleteSIPDispatchRule"}"#)
        var answers: [JSON?] = []
        for line in 100..<110 {
            answers.append(await call(client, buy, "{\"phone_numbers\":[\"+14155550\(line)\"]}", id: "r\(line)"))
        }
        first.signal(SIGKILL)
        #expect(try await first.wait() == -SIGKILL)

        let second = try EmulatorProgram(["--on-demand", "--state", folder.path], in: folder)
        let again = try await second.client(of: folder)
        #expect(again.port == client.port)
        #expect(answers.allSatisfy { $0?["phone_numbers"] != nil })
        for line in 100..<110 {
            let repeated = await call(again, buy, "{\"phone_numbers\":[\"+14155550\(line)\"]}", id: "r\(line)")
            #expect(repeated == answers[line - 100])
        }
        let state = await again.send("GET", "/_sandbox/state")
        let truth = try JSON(reading: state?.body ?? [])
        #expect(truth["numbers"]?.elements?.map { $0["purchases"] } == Array(repeating: 1, count: 10))
        #expect(truth["history"]?.elements?.count == 10)
        #expect(await again.send("GET", "/_sandbox/faults")?.text.contains("\"delay_ms\":1") == true)
        second.signal(SIGTERM)
        #expect(try await second.wait() == 0)
        #expect(EmulatorProgram.endpoint(of: folder) == nil)
        #expect(second.text.isEmpty)
    }

    @Test func writesWhereItListensForItsOwnerOnly() async throws {
        let folder = try ScratchDirectory()
        let state = folder.path + "/deep/state"
        let program = try EmulatorProgram(["--state", state], in: folder)
        for _ in 0..<500 where !program.text.contains("Ctrl-C") { try await Task.sleep(for: .milliseconds(10)) }
        let text = try String(contentsOfFile: state + "/endpoint.json", encoding: .utf8)
        let endpoint = try JSON(reading: text)
        let url = "http://127.0.0.1:\(try EmulatorProgram.port(endpoint))"
        #expect(endpoint["pid"] == .integer(program.pid))
        #expect(
            endpoint["listeners"]?.elements?.first == [
                "provider": "livekit", "url": .string(url),
                "settings": ["api_key": "devkey", "sip_host": "sandbox01.sip.localhost", "url": .string(url)],
                "secrets": ["api_secret": "secret"], "accounts": [],
            ])
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(state) == 0o700)
        #expect(try mode(state + "/endpoint.json") == 0o600)
        #expect(program.text.contains("url: \(url)\n") && program.text.contains("api_secret: secret\n"))
        let other = try EmulatorProgram(["--state", state], in: folder)
        #expect(try await other.wait() == 1)
        #expect(other.text == "switchboard-sandbox: another sandbox runs on \(state)\n")
        program.signal(SIGINT)
        #expect(try await program.wait() == 0)
    }

    @Test func twoStartsAtOnceMakeOneSandbox() async throws {
        let folder = try ScratchDirectory()
        let programs = try (0..<4).map { _ in
            try EmulatorProgram(["--on-demand", "--state", folder.path], in: folder)
        }
        for _ in 0..<1000 where programs.filter({ !$0.hasEnded }).count > 1 {
            try await Task.sleep(for: .milliseconds(10))
        }
        let pid = EmulatorProgram.endpoint(of: folder)?["pid"]
        for program in programs {
            if pid == .integer(program.pid) { program.signal(SIGTERM) }
            #expect(try await program.wait() == 0)
            #expect(program.text.isEmpty)
        }
        #expect(programs.contains { pid == .integer($0.pid) })
    }

    @Test func leavesWhenNobodyUsesItAndNotBefore() async throws {
        let folder = try ScratchDirectory()
        let users = open(folder.path + "/users", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        #expect(flock(users, LOCK_SH) == 0)
        let program = try EmulatorProgram(["--on-demand", "--idle", "1", "--state", folder.path], in: folder)
        let client = try await program.client(of: folder)
        try await Task.sleep(for: .milliseconds(2500))
        #expect(await client.send("GET", "/_sandbox/health")?.status == 200)
        close(users)
        #expect(try await program.wait() == 0)
        #expect(EmulatorProgram.endpoint(of: folder) == nil)
        #expect(client.open() == nil)
    }

    @Test func saysThatAPortIsTaken() async throws {
        let folder = try ScratchDirectory()
        let context = try EmulatorContext(emulator: "livekit")
        let listener = try SandboxListener(emulator: try LiveKitEmulator(context: context), context: context)
        let program = try EmulatorProgram(["--port", "\(listener.port)"], in: folder)
        #expect(try await program.wait() == 1)
        #expect(program.text == "switchboard-sandbox: port \(listener.port) is taken by another program\n")
        let kept = folder.path + "/state"
        try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
        try "{\"livekit\":\(listener.port)}".write(toFile: kept + "/ports.json", atomically: true, encoding: .utf8)
        let demand = try EmulatorProgram(["--state", kept], in: folder)
        for _ in 0..<500 where !demand.text.contains("Ctrl-C") { try await Task.sleep(for: .milliseconds(10)) }
        #expect(demand.text.contains("url: http"))
        #expect(!demand.text.contains(":\(listener.port)\n"))
        demand.signal(SIGTERM)
        #expect(try await demand.wait() == 0)
        await listener.stop()
    }

    @Test func refusesADamagedState() async throws {
        let folder = try ScratchDirectory()
        try String(repeating: "x", count: 5000).write(
            toFile: folder.path + "/sandbox.db", atomically: true, encoding: .utf8)
        let program = try EmulatorProgram(["--on-demand", "--state", folder.path], in: folder)
        #expect(try await program.wait() == 1)
        #expect(program.text.contains("\(folder.path)/sandbox.db"))
    }

    @Test(arguments: [SIGINT, SIGTERM]) func endsWellWhileARequestWaits(_ signal: Int32) async throws {
        let folder = try ScratchDirectory()
        let program = try EmulatorProgram(["--on-demand", "--state", folder.path], in: folder)
        let client = try await program.client(of: folder)
        _ = await client.send("POST", "/_sandbox/faults", body: #"{"fault":"slow","delay_ms":600000,"times":1}"#)
        async let waiting = call(client, "PhoneNumberService/ListPhoneNumbers", "{}")
        while await client.send("GET", "/_sandbox/faults")?.text != "[]" {
            try await Task.sleep(for: .milliseconds(10))
        }
        program.signal(signal)
        #expect(await waiting?["total_count"] == 0)
        #expect(try await program.wait() == 0)
    }
}
