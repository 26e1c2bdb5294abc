import Glibc
import SwitchboardTestKit
import Testing

/// Runs of the real program that are undone by a later one.
@Suite struct UndoTests {
    /// What both emulators and the ledger hold; ids, times and the carrier's trunk, which is kept, left out.
    private func world(_ place: Place) async throws -> [String] {
        let truth = try await place.sandbox().truth()
        let names = Dictionary(
            uniqueKeysWithValues: truth.dispatch_rules.map { ($0.sip_dispatch_rule_id, $0.name ?? "") })
        let numbers = truth.owned.map { number in
            "\(number.e164) \(number.status) \(number.sip_dispatch_rule_ids.map { names[$0] ?? "?" }.sorted())"
        }
        let rules = truth.dispatch_rules.map { "\($0.name ?? "") \(($0.trunk_ids ?? []).sorted()) \($0.pin ?? "")" }
        let trunks = truth.trunks.map { "\($0.sip_trunk_id) \($0.name) \($0.numbers) \($0.auth_password)" }
        let accounts = try await place.sandbox(of: "twilio").twilioTruth().accounts.map {
            "\($0.sid) \($0.attached) \($0.originations) \($0.credential_lists.map(\.friendly_name))"
        }
        let ledger = try await place.run(
            "-c",
            "list | select .e164 .label .agent_id .status .trunk_id; agent list; trunk list | select .id .name .numbers"
        )
        return numbers + rules.sorted() + trunks + accounts + [ledger.outputText]
    }

    private func newestRun(_ place: Place) async throws -> String {
        let query = "SELECT id FROM runs ORDER BY sequence DESC LIMIT 1"
        let script = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])"
        let result = try await place.run(
            program: ["/usr/bin/python3", "-c", script, place.state + "/switchboard.db", query])
        return String(result.outputText.dropLast())
    }

    private static func numbers(_ area: Int, _ range: Swift.Range<Int>) -> [String] {
        range.map { "+1\(area)555\(String(10_000 + $0).dropFirst())" }
    }

    private static let setUp = """
        agent add support; agent add night
        purchase +14155550130 --provider livekit --label 'bound' | bind-agent support
        purchase +14155550131 --provider livekit | bind-agent support
        purchase +14155550132 --provider livekit
        trunk create --name front --numbers +15105550100
        dispatch create --name desk --direct lobby --trunk-ids [+14155550132 front]
        """

    /// More than a hundred effects of every kind, over all sources of numbers.
    @Test func theEmulatorsAndTheLedgerAreAsBefore() async throws {
        try await Place.with { place in
            let account = CarriedImportTests.one
            try await CarriedImportTests.seed(place, Self.numbers(312, 200..<204), callerIDs: ["+13125550900"])
            let secret = try await place.run(
                "-c", "secret set twilio-\(account) --stdin", input: "customer-token")
            #expect(secret.status == 0)
            let setUp = try await place.run("-c", Self.setUp)
            #expect(setUp.status == 0, "\(setUp.errorText)")
            let before = try await world(place)

            var rows = "e164,source,label,trunk_id,agent_id,account\n"
            rows += Self.numbers(212, 100..<125).map { "\($0),livekit,desk,,extra,\n" }.joined()
            rows += Self.numbers(510, 201..<221).map { "\($0),byoc,desk,main,extra,\n" }.joined()
            rows += (Self.numbers(312, 200..<204) + ["+13125550900"]).map { number in
                "\(number),twilio,,,\(number.hasSuffix("900") ? "" : "extra"),\(account)\n"
            }.joined()
            try place.write(rows, to: "numbers.csv")
            try place.write(
                """
                agent add extra
                bind-agent night --number +14155550130 --replace
                bind-agent extra --number +14155550130 --replace
                unbind-agent +14155550131
                update +14155550132 --label 'routed'
                trunk create --name main --numbers +15105550200
                trunk update front --name back --add-numbers +15105550101
                dispatch create --name hall --direct hall --trunk-ids main
                dispatch update desk --direct hall
                read numbers.csv | import --parallel 4 --on-error collect | where .result != 'succeeded' | print
                list | where .source == 'livekit' | update --label 'all'
                """, to: "big.swb")
            let run = try await place.run("run", "big.swb", limit: .seconds(180))
            #expect(run.status == 0, "\(run.outputText)\(run.errorText)")
            let id = try await newestRun(place)
            #expect(try await place.rows("SELECT count(*) FROM intents WHERE run = '\(id)' AND state = 'done'") >= 100)
            let changed = try await world(place)
            #expect(changed != before)

            let entries = try await place.rows("SELECT count(*) FROM intents")
            let look = try await place.run("--csv", "-c", "undo last --dry-run", limit: .seconds(180))
            #expect(look.status == 0, "\(look.errorText)")
            #expect(look.outputText.hasPrefix("step,what,how,result,why_not"), "\(look.outputText)")
            #expect(!look.outputText.contains(",left,"), "\(look.outputText)")
            #expect(try await world(place) == changed)
            #expect(try await place.rows("SELECT count(*) FROM intents") == entries)

            let undo = try await place.run("-c", "undo \(id) | where .result != 'undone' | print", limit: .seconds(180))
            #expect(undo.status == 0, "\(undo.outputText)\(undo.errorText)")
            let after = try await world(place)
            #expect(after == before, "\(after.difference(from: before))")
            #expect(try await place.differences() == [])
            #expect(try await place.run("-c", "drift; verify").status == 0)
            #expect(try await place.run("-c", "todo | count | print").outputText == "0\n")
        }
    }

    struct Death: Sendable, CustomTestStringConvertible {
        var step: String
        var kind: String
        var testDescription: String { "\(kind) at \(step)" }

        static let all: [Death] = [
            "release", "unbind-agent", "bind-agent", "trunk-delete", "trunk-change", "dispatch-delete", "forget-number",
            "ledger",
        ].flatMap { kind in ["begins", "intentWritten", "performed", "settled"].map { Death(step: $0, kind: kind) } }
    }

    /// The undo dies by SIGKILL; called again it goes on where it died, and takes nothing back twice.
    @Test(arguments: Death.all)
    func anUndoThatDiesIsResumedByCallingItAgain(_ death: Death) async throws {
        try await Place.with { place in
            let setUp = try await place.run("-c", Self.setUp)
            #expect(setUp.status == 0, "\(setUp.errorText)")
            let before = try await world(place)
            let run = try await place.run(
                "-c",
                """
                agent add extra
                bind-agent night --number +14155550130 --replace
                trunk update front --add-numbers +15105550101
                trunk create --name main --numbers +15105550200
                dispatch create --name hall --direct hall --trunk-ids main
                import +15105550201 --source byoc --trunk-id main
                purchase --numbers [+14155550140 +14155550141] --provider livekit | bind-agent extra
                """)
            #expect(run.status == 0, "\(run.errorText)")
            let id = try await newestRun(place)

            let victim = try await place.run(
                program: [Programs.doorVictim, place.state, Programs.sandbox, death.step, death.kind, "undo \(id)"])
            #expect(victim.status == 128 + SIGKILL, "\(victim.errorText)")
            let again = try await place.run("-c", "undo \(id)")
            #expect(again.status == 0, "\(again.outputText)\(again.errorText)")
            let after = try await world(place)
            #expect(after == before, "\(after.difference(from: before))")
            #expect(try await place.openIntents() == 0)
            #expect(try await place.differences() == [])
            let releases = try await place.sandbox().truth().history.filter { $0.event == "release" }.map(\.e164)
            #expect(releases.sorted() == ["+14155550140", "+14155550141"])
            let twice = """
                SELECT count(*) FROM (SELECT undoes FROM intents WHERE undoes IS NOT NULL AND state = 'done'
                GROUP BY undoes HAVING count(*) > 1)
                """
            #expect(try await place.rows(twice) == 0)
            #expect(try await place.run("-c", "todo | count | print").outputText == "0\n")
        }
    }

    @Test func whatIsLeftIsToldAndEndsWithSix() async throws {
        try await Place.with { place in
            let run = try await place.run(
                "-c", "purchase --numbers [+14155550140 +14155550141] --provider livekit; release +14155550141")
            #expect(run.status == 0, "\(run.errorText)")
            let undo = try await place.run("-c", "undo last")
            #expect(undo.status == 6)
            let reason = "release +14155550141 at livekit: a released number may be sold to somebody else at once"
            #expect(undo.errorText.contains("cannot be taken back: \(reason)"), "\(undo.errorText)")
            #expect(undo.errorText.contains("not undone, so somebody has to look: \(reason)"), "\(undo.errorText)")
            #expect(undo.outputText.contains("the month stays billed"), "\(undo.outputText)")
            #expect(try await place.list().isEmpty)
            // It has been told, and nobody can do more about it.
            #expect(try await place.run("-c", "todo | count | print").outputText == "0\n")
            let runs = try await place.run("runs")
            #expect(
                runs.outputText.contains(",failed,") && runs.outputText.contains(",partly-undone,"),
                "\(runs.outputText)")
        }
    }
}
