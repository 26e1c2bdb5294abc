import Glibc
import SwitchboardTestKit
import Testing

/// Transactions of the real program that are interrupted.
@Suite struct TransactionTests {
    /// The emulator's and the ledger's numbers, rules, trunks and agents, ids and times left out.
    private func world(_ place: Place) async throws -> [String] {
        let truth = try await place.sandbox().truth()
        let names = Dictionary(
            uniqueKeysWithValues: truth.dispatch_rules.map { ($0.sip_dispatch_rule_id, $0.name ?? "") })
        let numbers = truth.owned.map { number in
            "\(number.e164) \(number.status) \(number.sip_dispatch_rule_ids.map { names[$0] ?? "?" }.sorted())"
        }
        let rules = truth.dispatch_rules.map { "\($0.name ?? "") \(($0.trunk_ids ?? []).sorted()) \($0.pin ?? "")" }
        let trunks = truth.trunks.map { "\($0.sip_trunk_id) \($0.name) \($0.numbers) \($0.auth_password)" }
        let ledger = try await place.run(
            "-c", "list | select .e164 .label .agent_id .status; agent list; trunk list | select .id .name .numbers")
        return numbers + rules.sorted() + trunks + [ledger.outputText]
    }

    @Test func theEmulatorAndTheLedgerAreAsBefore() async throws {
        try await Place.with { place in
            #expect(try await place.run("-c", "secret set a --stdin", input: "hunter2").status == 0)
            let setUp = try await place.run(
                "-c",
                """
                agent add support; agent add night
                purchase +14155550130 --provider livekit --label 'bound' | bind-agent support
                purchase +14155550131 --provider livekit | bind-agent support
                purchase +14155550132 --provider livekit
                trunk create --name main --numbers +15105550100 --auth-username u --auth-password (secret a)
                dispatch create --name desk --direct lobby --trunk-ids [+14155550132 main] --pin 4711
                """)
            #expect(setUp.status == 0, "\(setUp.errorText)")
            let before = try await world(place)
            for statement in [
                "search livekit --area 212 | first | purchase | bind-agent night",
                "bind-agent night --number +14155550130 --replace", "bind-agent night --number +14155550132",
                "unbind-agent +14155550130", "unbind-agent +14155550130; unbind-agent +14155550131",
                "update +14155550130 --label ''", "agent add extra; bind-agent extra --number +14155550132",
                "trunk create --name two --numbers +15105550101 | dispatch create --name hall --direct hall",
                "trunk update main --name front --add-numbers +15105550102 --auth-password (secret a)",
                "trunk replace main --numbers +15105550109 --auth-username v", "dispatch update desk --pin 1",
                "dispatch replace desk --direct hall --trunk-ids [+14155550132]",
            ] {
                let result = try await place.run("-c", "transaction { \(statement); fail 'no' }")
                #expect(result.status == 1, "\(statement): \(result.errorText)")
                #expect(result.errorText.contains("= undone: "), "\(statement): \(result.errorText)")
                let after = try await world(place)
                #expect(after == before, "\(statement): \(after.difference(from: before))")
                #expect(try await place.differences() == [], "\(statement)")
            }
        }
    }

    @Test(arguments: zip([SIGINT, SIGTERM], [130, 143] as [Int32]))
    func aSignalUndoesIt(_ signal: Int32, _ status: Int32) async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            #expect(try await place.run("-c", "agent add support").status == 0)
            try await sandbox.fault(#"{"method":"SearchPhoneNumbers","fault":"slow","delay_ms":20000,"times":1}"#)
            let job = try await place.start([
                "-c",
                """
                transaction {
                  purchase +14155550130 --provider livekit | bind-agent support
                  search livekit --area 415
                }
                """,
            ])
            try await sandbox.faultsStruck()
            job.signal(signal)
            let result = try await job.end()
            #expect(result.status == status, "\(result.errorText)")
            #expect(
                result.errorText.contains("= undone: bind +14155550130 to support; buy +14155550130 at livekit"),
                "\(result.errorText)")
            let truth = try await sandbox.truth()
            #expect(truth.owned.isEmpty && truth.dispatch_rules.isEmpty)
            #expect(truth.purchases == ["+14155550130"])
            #expect(try await place.list().isEmpty)
            #expect(try await place.openIntents() == 0)
            #expect(try await place.differences() == [])
        }
    }

    /// What a kill leaves half undone is all in the ledger after the next start.
    @Test(arguments: ["before", "after"])
    func aKillWhileItIsUndoneLosesNothing(_ moment: String) async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try await sandbox.fault(
                #"{"method":"ReleasePhoneNumbers","fault":"slow","delay_ms":1500,"times":1,"when":"\#(moment)"}"#)
            let job = try await place.start([
                "-c",
                """
                transaction {
                  purchase +14155550130 --provider livekit
                  purchase +14155550131 --provider livekit
                  fail 'the second half is missing'
                }
                """,
            ])
            try await sandbox.faultsStruck()
            job.signal(SIGKILL)
            #expect(try await job.end().status == 128 + SIGKILL)
            #expect(try await place.openIntents() == 1)

            let remarks = try await place.remarksOfAStart()
            #expect(remarks.contains("release +14155550131 at livekit"), "\(remarks)")
            #expect(try await place.list().map(\.e164) == ["+14155550130"])
            #expect(try await sandbox.truth().owned.map(\.e164) == ["+14155550130"])
            #expect(try await place.openIntents() == 0)
            #expect(try await place.differences() == [])
        }
    }
}
