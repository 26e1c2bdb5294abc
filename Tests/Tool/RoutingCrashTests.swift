import Glibc
import SwitchboardTestKit
import Testing

/// The process dies at a step of a change of a trunk or rule, by SIGKILL; the next start finds out what had happened,
/// with the password or PIN that the change carries, and keeps nothing of that.
@Suite struct RoutingCrashTests {
    struct Death: Sendable, CustomTestStringConvertible {
        var step: String
        var kind: String
        var setUp: String
        var statement: String

        var testDescription: String { "\(kind) at \(step)" }

        static let all = ["begins", "intentWritten", "performed", "settled"].flatMap { step in
            statements.map { Death(step: step, kind: $0.kind, setUp: $0.setUp, statement: $0.statement) }
        }

        private static let trunk =
            "trunk create --name main --numbers +15105550100 --auth-username acme --auth-password (secret first)"
        private static let number = "agent add support; purchase +14155550120 --provider livekit"
        private static let rule =
            "dispatch create --name desk --individual call- --trunk-ids +14155550120 --agents [support] --pin 471147"
        private static let statements: [(kind: String, setUp: String, statement: String)] = [
            ("trunk-create", "", trunk),
            ("trunk-change", trunk, "trunk update main --add-numbers +15105550101 --auth-password (secret other)"),
            ("trunk-change", trunk, "trunk replace main --name main --numbers +15105550109 --auth-username acme"),
            ("trunk-delete", trunk, "trunk delete main"),
            ("dispatch-create", number, rule),
            ("dispatch-change", "\(number)\n\(rule)", "dispatch update desk --callee c- --pin 835283"),
            ("dispatch-delete", "\(number)\n\(rule)", "dispatch delete desk"),
        ]

        /// Whether the emulator had carried it out.
        var hadHappened: Bool { step == "performed" || step == "settled" }
        /// Whether the journal was left open.
        var wasOpen: Bool { step == "intentWritten" || step == "performed" }
        var isDeletion: Bool { kind.hasSuffix("delete") }
    }

    private static let secrets = ["Correct-Horse-7", "Battery-Staple-8", "471147", "835283"]

    @Test(arguments: Death.all)
    func theNextStartKnowsWhatHadHappened(_ death: Death) async throws {
        try await Place.with { place in
            try await prepare(place, death.setUp)
            let before = try await picture(place)
            let victim = try await place.run(
                program: [Programs.doorVictim, place.state, Programs.sandbox, death.step, death.kind, death.statement])
            #expect(victim.status == 128 + SIGKILL, "\(victim.errorText)")
            #expect(try await place.openIntents() == (death.wasOpen ? 1 : 0))

            let remarks = try await place.remarksOfAStart()
            if death.wasOpen {
                #expect(
                    remarks.contains(death.hadHappened ? "it had happened, and" : "it had not happened"), "\(remarks)")
            } else {
                #expect(remarks.isEmpty, "\(remarks)")
            }
            #expect(try await place.openIntents() == 0)
            #expect((try await picture(place) == before) != death.hadHappened)
            #expect(try await place.differences() == [])

            // What was interrupted can be asked for again, and then it is so.
            let again = try await place.run("-c", death.statement)
            #expect(again.status == (death.isDeletion && death.hadHappened ? 1 : 0), "\(again.errorText)")
            let after = try await picture(place)
            #expect(after != before && after.count == (death.isDeletion ? 0 : 1), "\(after)")
            #expect(try await place.differences() == [])
            try await expectNoSecret(place)
        }
    }

    /// What the emulator has: the trunks and rules with all that a change here changes.
    private func picture(_ place: Place) async throws -> [String] {
        let truth = try await place.sandbox().truth()
        return truth.trunks.map { "\($0.name) \($0.numbers) \($0.auth_password)" }
            + truth.dispatch_rules.map {
                "\($0.name ?? "") \($0.trunk_ids ?? []) \($0.rule?.keys.first ?? "") \($0.pin ?? "")"
            }
    }

    private func prepare(_ place: Place, _ setUp: String) async throws {
        _ = try await place.sandbox()
        for (name, secret) in zip(["first", "other"], Self.secrets) {
            let stored = try await place.run("-c", "secret set \(name) --stdin", input: secret + "\n")
            #expect(stored.status == 0, "\(stored.errorText)")
        }
        guard !setUp.isEmpty else { return }
        let result = try await place.run("-c", setUp)
        #expect(result.status == 0, "\(result.errorText)")
    }

    /// Only the emulator, which plays the vendor, holds them readable.
    private func expectNoSecret(_ place: Place) async throws {
        #expect(try await place.rows("SELECT count(*) FROM kept_secrets") == 0)
        for secret in Self.secrets {
            let files = try await place.filesHolding(secret).split(separator: "\n")
            #expect(files.filter { !$0.hasPrefix(place.state + "/sandbox/") } == [], "\(secret)")
        }
    }

    // MARK: Lost answers

    private static let faults = [
        #""fault":"lost_answer","times":1"#, #""fault":"malformed","times":1"#, #""fault":"server_error","times":1"#,
        #""fault":"server_error","when":"after","times":1"#, #""fault":"rate_limited","retry_after":0,"times":1"#,
        #""fault":"slow","delay_ms":600,"times":1"#,
    ]

    @Test(arguments: faults) func anAnswerThatIsLostMakesNothingTwice(_ fault: String) async throws {
        try await Place.with { place in
            try await prepare(place, "agent add support; purchase +14155550120 --provider livekit")
            let sandbox = try await place.sandbox()
            for (method, statement) in [
                ("CreateSIPInboundTrunk", "trunk create --name main --numbers +15105550100"),
                ("CreateSIPOutboundTrunk", "trunk create --name out --address a.example --numbers '*'"),
                ("UpdateSIPInboundTrunk", "trunk update main --add-numbers +15105550101 --krisp"),
                ("CreateSIPDispatchRule", "dispatch create --name desk --direct lobby --trunk-ids [main +14155550120]"),
                ("UpdateSIPDispatchRule", "dispatch update desk --agents [support] --remove-trunk-ids main"),
            ] {
                try await sandbox.fault("{\"method\":\"\(method)\",\(fault)}")
                let result = try await place.run("-c", statement)
                #expect(result.status == 0, "\(statement)\n\(result.errorText)")
                try await sandbox.mend()
            }
            let truth = try await sandbox.truth()
            #expect(truth.trunks.map(\.numbers) == [["+15105550100", "+15105550101"], ["*"]])
            #expect(truth.dispatch_rules.count == 1)
            #expect(try await place.list().map { $0.agent_id != nil } == [true])
            #expect(try await place.differences() == [])

            try await sandbox.fault("{\"method\":\"DeleteSIPTrunk\",\(fault)}")
            try await sandbox.fault("{\"method\":\"DeleteSIPDispatchRule\",\(fault)}")
            let deleted = try await place.run("-c", "trunk delete main out; dispatch delete desk --force")
            #expect(deleted.status == 0, "\(deleted.errorText)")
            #expect(try await sandbox.truth().trunks.isEmpty)
            #expect(try await place.openIntents() == 0)
            #expect(try await place.differences() == [])
        }
    }
}
