import Glibc
import SwitchboardTestKit
import Testing

/// The process dies at a step of an import, or an answer is lost; what is asked for again ends as it should, once.
@Suite struct ImportCrashTests {
    struct Death: Sendable, CustomTestStringConvertible {
        var step: String
        var kind: String
        var setUp: String
        var statement: String

        var testDescription: String { "\(kind) at \(step)" }

        static let all = ["begins", "intentWritten", "performed", "settled"].flatMap { step in
            statements.map { Death(step: step, kind: $0.kind, setUp: $0.setUp, statement: $0.statement) }
        }

        private static let trunk = "agent add support; trunk create --name main --numbers +15105550100"
        private static let byoc = "import +15105550101 --source byoc --trunk-id main --label kept"
        private static let statements: [(kind: String, setUp: String, statement: String)] = [
            ("purchase", trunk, "import +14155550120 --source livekit --label kept --agent support"),
            ("bind-agent", trunk, "import +14155550120 --source livekit --label kept --agent support"),
            ("register-number", trunk, "\(byoc) --agent support"), ("bind-agent", trunk, "\(byoc) --agent support"),
            ("unbind-agent", "\(trunk); \(byoc) --agent support", "unbind-agent +15105550101"),
            ("forget-number", "\(trunk); \(byoc)", "remove +15105550101"),
            ("adopt", "\(trunk); sandbox seed --numbers [+12125550123]", "adopt"),
        ]

        var wasOpen: Bool { step == "intentWritten" || step == "performed" }
        /// What the statement is to lead to: the numbers, how many of them are bound, and the trunk's list.
        var end: (numbers: [String], bound: Int, listed: [String]) {
            switch kind {
            case "forget-number": ([], 0, ["+15105550100"])
            case "adopt": (["+12125550123"], 0, ["+15105550100"])
            case "unbind-agent": (["+15105550101"], 0, ["+15105550100", "+15105550101"])
            case _ where statement.contains("livekit"): (["+14155550120"], 1, ["+15105550100"])
            default: (["+15105550101"], 1, ["+15105550100", "+15105550101"])
            }
        }
    }

    @Test(arguments: Death.all)
    func theSameAgainFinishesWhatDied(_ death: Death) async throws {
        try await Place.with { place in
            let setUp = try await place.run("-c", death.setUp)
            #expect(setUp.status == 0, "\(setUp.errorText)")
            let victim = try await place.run(
                program: [Programs.doorVictim, place.state, Programs.sandbox, death.step, death.kind, death.statement])
            #expect(victim.status == 128 + SIGKILL, "\(victim.errorText)")
            #expect(try await place.openIntents() == (death.wasOpen ? 1 : 0))
            _ = try await place.remarksOfAStart()
            #expect(try await place.openIntents() == 0)

            let again = try await place.run("-c", death.statement)
            let isGone = death.kind == "forget-number" && (death.step == "performed" || death.step == "settled")
            #expect(again.status == (isGone ? 1 : 0), "\(again.errorText)")
            try await expect(death.end, place)
        }
    }

    private func expect(_ end: (numbers: [String], bound: Int, listed: [String]), _ place: Place) async throws {
        let held = try await place.list()
        let truth = try await place.sandbox().truth()
        #expect(held.map(\.e164) == end.numbers)
        #expect(held.count { $0.agent_id != nil } == end.bound)
        #expect(held.allSatisfy { ($0.label == "kept") == !$0.e164.hasPrefix("+1212") })
        #expect(truth.dispatch_rules.count == end.bound)
        #expect(truth.trunks.map { $0.numbers.sorted() } == [end.listed])
        #expect(truth.purchases.count <= 1)
        let drift = try await place.run("-c", "drift; verify")
        #expect(drift.status == 0, "\(drift.outputText)\(drift.errorText)")
    }

    // MARK: Lost answers

    /// What is bound takes calls, also where the number cannot be read again.
    @Test func aBindingWhoseNumberCannotBeReadAgainIsNotOffline() async throws {
        try await Place.with { place in
            let setUp = try await place.run("-c", "agent add support; purchase +14155550120 --provider livekit")
            #expect(setUp.status == 0, "\(setUp.errorText)")
            let sandbox = try await place.sandbox()
            try await sandbox.fault(#"{"method":"GetPhoneNumber","fault":"lost_answer"}"#)
            let bound = try await place.run("-c", "bind-agent support --number +14155550120")
            #expect(bound.status == 0, "\(bound.errorText)")
            try await sandbox.mend()
            #expect(try await place.list().map(\.status) == ["active"])
            #expect(try await place.differences() == [])
        }
    }

    private static let faults = [
        #""fault":"lost_answer","times":1"#, #""fault":"malformed","times":1"#, #""fault":"server_error","times":1"#,
        #""fault":"server_error","when":"after","times":1"#, #""fault":"rate_limited","retry_after":0,"times":1"#,
    ]
    private static let methods = ["PurchasePhoneNumber", "UpdateSIPInboundTrunk", "CreateSIPDispatchRule"]

    /// At each step of an import each fault, once; the file again changes what is missing and nothing else.
    @Test(arguments: methods, faults)
    func aFaultAtAnyStepLeavesARowThatIsDoneOrSaysWhy(method: String, fault: String) async throws {
        try await Place.with { place in
            let setUp = try await place.run("-c", "agent add support; trunk create --name main --numbers +15105550100")
            #expect(setUp.status == 0, "\(setUp.errorText)")
            try place.write(
                """
                e164,source,label,trunk_id,agent_id
                +14155550120,livekit,kept,,support
                +15105550101,byoc,kept,main,support

                """, to: "numbers.csv")
            let sandbox = try await place.sandbox()
            try await sandbox.fault("{\"method\":\"\(method)\",\(fault)}")
            let script = "read numbers.csv | import --parallel 2 --on-error collect | report result.csv"
            let first = try await place.run("-c", script)
            #expect([0, 3].contains(first.status), "\(first.errorText)")
            try await sandbox.mend()
            let again = try await place.run("-c", script)
            #expect(again.status == 0, "\(again.errorText)")
            #expect(try await place.differences() == [])
            let truth = try await sandbox.truth()
            #expect(truth.purchases == ["+14155550120"])
            #expect(truth.dispatch_rules.count == 2)
            #expect(truth.trunks.map { $0.numbers.sorted() } == [["+15105550100", "+15105550101"]])
            let third = try await place.run("-c", "\(script); drift; verify")
            #expect(third.status == 0, "\(third.outputText)")
            #expect(third.errorText.contains("result.csv: 2 unchanged"), "\(third.errorText)")
        }
    }
}
