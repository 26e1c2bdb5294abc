import Glibc
import SwitchboardTestKit
import Testing

/// The process dies at a step of the door, by SIGKILL; the next start of the program finds out what had happened.
@Suite struct CrashTests {
    struct Death: Sendable, CustomTestStringConvertible {
        var step: String
        var kind: String
        var setUp: String
        var statement: String

        var testDescription: String { "\(kind) at \(step)" }

        static let all: [Death] = ["begins", "intentWritten", "performed", "settled"].flatMap { step in
            [
                Death(
                    step: step, kind: "purchase", setUp: "agent add support",
                    statement: "purchase +14155550120 --provider livekit --label 'kept'"),
                Death(
                    step: step, kind: "bind-agent",
                    setUp: "agent add support; purchase +14155550120 --provider livekit --label 'kept'",
                    statement: "bind-agent support --number +14155550120"),
                Death(
                    step: step, kind: "unbind-agent",
                    setUp: "agent add support; purchase +14155550120 --provider livekit | bind-agent support",
                    statement: "unbind-agent +14155550120"),
                Death(
                    step: step, kind: "release", setUp: "purchase +14155550120 --provider livekit",
                    statement: "release +14155550120"),
                Death(
                    step: step, kind: "assign-dispatch-rule", setUp: "purchase +14155550120 --provider livekit",
                    statement: "update +14155550120 --sip-dispatch-rule-id SDR_other"),
            ]
        }

        /// Whether the emulator had carried it out.
        var hadHappened: Bool { step == "performed" || step == "settled" }
        /// Whether the journal was left open.
        var wasOpen: Bool { step == "intentWritten" || step == "performed" }
    }

    @Test(arguments: Death.all)
    func theNextStartKnowsWhatHadHappened(_ death: Death) async throws {
        try await Place.with { place in
            try await prepare(place, death)
            let victim = try await place.run(
                program: [Programs.doorVictim, place.state, Programs.sandbox, death.step, death.kind, death.statement])
            #expect(victim.status == 128 + SIGKILL, "\(victim.errorText)")
            #expect(try await place.openIntents() == (death.wasOpen ? 1 : 0))

            let remarks = try await place.remarksOfAStart()
            if death.wasOpen {
                #expect(remarks.contains("an earlier run was interrupted; asking whether this happened"), "\(remarks)")
                #expect(
                    remarks.contains(death.hadHappened ? "it had happened, and" : "it had not happened"), "\(remarks)")
            } else {
                #expect(remarks.isEmpty, "\(remarks)")
            }
            #expect(try await place.openIntents() == 0)
            #expect(try await place.remarksOfAStart().isEmpty)
            try await check(place, death)
        }
    }

    private func prepare(_ place: Place, _ death: Death) async throws {
        let setUp = try await place.run("-c", death.setUp)
        #expect(setUp.status == 0, "\(setUp.errorText)")
        try await place.sandbox().seed(
            """
            {"dispatch_rules": [{"sip_dispatch_rule_id": "SDR_other", "name": "others", "trunk_ids": ["PN_PPN_else"],
              "rule": {"dispatch_rule_individual": {"room_prefix": "other-"}}}]}
            """)
    }

    /// A run that goes on is its process's own from its first question on: nobody takes back what it finds meanwhile.
    @Test func whatGoesOnIsNotUndoneMeanwhile() async throws {
        try await Place.with { place in
            #expect(try await place.run("-c", "agent add support").status == 0)
            let statement = "purchase +14155550101 --provider livekit | bind-agent support"
            let victim = try await place.run(
                program: [Programs.doorVictim, place.state, Programs.sandbox, "performed", "purchase", statement])
            #expect(victim.status == 128 + SIGKILL, "\(victim.errorText)")
            try await place.sandbox().fault(#"{"method": "*", "fault": "slow", "delay_ms": 3000}"#)
            let resumed = try await place.startTelling(["resume", "last"])
            try await place.told("asking whether this happened")
            let found = try await place.run(
                program: ["/usr/bin/python3", "-c", Self.status, place.state + "/switchboard.db"])
            #expect(found.outputText == "running 1\n")
            try await place.sandbox().mend()
            #expect(try await resumed.end().status == 0, "\(place.told)")
            #expect(try await place.list().map { $0.agent_id != nil } == [true])
        }
    }

    /// What the run that the journal's open change belongs to is, and how many such changes there are.
    private static let status = """
        import sqlite3, sys
        print(*sqlite3.connect(sys.argv[1]).execute("SELECT runs.status, count(*) FROM intents JOIN runs ON \
        runs.id = run WHERE state = 'open'").fetchone())
        """

    private func check(_ place: Place, _ death: Death) async throws {
        #expect(try await place.differences() == [])
        let truth = try await place.sandbox().truth()
        #expect(truth.purchases.count <= 1)
        let held = try await place.list().first
        switch death.kind {
        case "purchase":
            #expect((held != nil) == death.hadHappened)
            #expect(held?.label == (death.hadHappened ? "kept" : nil))
        case "bind-agent": #expect((held?.agent_id != nil) == death.hadHappened)
        case "unbind-agent": #expect((held?.agent_id == nil) == death.hadHappened)
        case "release": #expect((held == nil) == death.hadHappened)
        default: #expect(held?.sip_dispatch_rule_ids == (death.hadHappened ? ["SDR_other"] : []))
        }
        // What was interrupted can be asked for again, and then it is so.
        if held != nil || death.kind == "purchase" {
            let again = try await place.run("-c", death.statement)
            #expect(again.status == 0, "\(again.errorText)")
            #expect(try await place.differences() == [])
            #expect(try await place.sandbox().truth().purchases.count == 1)
        }
    }
}
