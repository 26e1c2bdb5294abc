import SwitchboardCore
import SwitchboardEngine
import SwitchboardTestKit
import Testing

/// The commands of the sandbox where it has two emulators, or one that answers nonsense.
@Suite struct SandboxCommandTests {
    private func run(_ statement: String, _ script: [ScriptedExchange]) async throws -> Outcome {
        let transport = ScriptedTransport(script)
        let workspace = try Workspace(transport: transport, plugins: [Plugin(provider: AnotherProvider.self)])
        let outcome = await workspace.run(statement)
        #expect(transport.complaints == [])
        return outcome
    }

    private func answer(_ method: String, _ path: String, _ status: Int, _ body: String) -> ScriptedExchange {
        ScriptedExchange(method, "/_sandbox/" + path, .success(.json(status, body)))
    }

    private func request(_ time: String, _ path: String) -> String {
        #"{"time":"2026-11-20T08:00:\#(time)Z","method":"POST","path":"/\#(path)","status":200,"ms":1,"request_id":null,"fault":null}"#
    }

    @Test func theFirstEmulatorIsMeantUnlessOneIsNamed() async throws {
        let seeded = #"[{"kind":"number","id":"n1","e164":"+14155550100"}]"#
        for (flag, provider) in [("", "fake"), (" --provider another", "another")] {
            let outcome = try await run(
                "for s in (sandbox seed --numbers [+14155550100]\(flag)) { print $s.provider $s.id }",
                [answer("POST", "seed", 200, seeded)])
            #expect(outcome.printed == ["\(provider) n1"], "\(outcome.faults)")
        }
    }

    @Test func theLogsOfAllAreOneInTheOrderOfTime() async throws {
        let logs = [
            answer("GET", "log", 200, "[\(request("01.000001", "a")),\(request("03", "c"))]"),
            answer("GET", "log", 200, "[\(request("02", "b")),\(request("04.5", "d"))]"),
        ]
        let outcome = try await run("for r in (sandbox log --limit 3) { print $r.provider $r.path $r.time }", logs)
        #expect(
            outcome.printed == [
                "another /b 2026-11-20T08:00:02Z", "fake /c 2026-11-20T08:00:03Z",
                "another /d 2026-11-20T08:00:04.500Z",
            ], "\(outcome.faults)")
    }

    @Test func theFaultsOfAllAreSwitchedOff() async throws {
        let fault =
            #"{"id":"fault_1","fault":"slow","method":"*","number":null,"times":null,"retry_after":null,"delay_ms":1000,"when":null}"#
        let outcome = try await run(
            "for f in (sandbox fault --clear) { print $f.provider $f.id $f.delay }",
            [answer("DELETE", "faults", 200, "[\(fault)]"), answer("DELETE", "faults", 200, "[\(fault)]")])
        #expect(outcome.printed == ["fake fault_1 1s", "another fault_1 1s"], "\(outcome.faults)")
    }

    @Test func anAnswerThatMakesNoSenseIsSaid() async throws {
        for (status, body, code) in [
            (200, "[", ErrorCode.badAnswer), (200, "{}", .badAnswer), (200, #"[{"ms":"x"}]"#, .badAnswer),
            (500, #"{"error":"the disk is full"}"#, .internal), (404, #"{"error":"no such path"}"#, .notFound),
        ] {
            let outcome = try await run("sandbox log --provider another", [answer("GET", "log", status, body)])
            #expect(outcome.error?.code == code, "\(body)")
        }
    }

    @Test func anEmulatorThatDoesNotAnswerIsSaid() async throws {
        let gone = TransportFailure(.notSent, "connection refused")
        let outcome = try await run("sandbox reset", [ScriptedExchange("POST", "/_sandbox/reset", .failure(gone))])
        #expect(outcome.error?.code == .unreachable)
        #expect(outcome.error?.message == "the emulator of fake does not answer")
    }
}
