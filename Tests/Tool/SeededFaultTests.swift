import FoundationEssentials
import SwitchboardTestKit
import Testing

/// Scripts with one fault each, as `Faults/*.case` have them: every one ends with 2, tells what is wrong by a picture,
/// and reaches no provider and no ledger.
@Suite struct SeededFaultTests {
    @Test(.timeLimit(.minutes(10))) func noFaultReachesAnybody() async throws {
        let examples = try CommandCase.all(in: "Faults")
        #expect(examples.count >= 200)
        try await Place.with { place in
            try await furnish(place)
            let before = try await traces(in: place)
            for example in examples {
                #expect(example.statuses == [2], "\(example.name)")
                try await example.check(in: place)
                for file in example.files { try FileManager.default.removeItem(atPath: "\(place.folder)/\(file)") }
                #expect(try await requests(in: place) == before.requests, "\(example.name) reached the provider")
            }
            #expect(try await traces(in: place) == before)
            try await probe(place)
        }
    }

    /// A workspace that holds something, with a sandbox that runs.
    private func furnish(_ place: Place) async throws {
        let sandbox = try await place.sandbox()
        let script = "agent add support; purchase +14155550100 --provider livekit --label 'front desk'"
        let bought = try await place.run("-c", script)
        let stored = try await place.run("-c", "secret set acme --stdin", input: "correct horse\n")
        #expect((bought.status, stored.status) == (0, 0), "\(bought.errorText)\(stored.errorText)")
        #expect(try await sandbox.truth().purchases == ["+14155550100"])
    }

    /// What a script leaves behind that does anything.
    private struct Traces: Equatable {
        var requests: String
        var numbers: String
        var changes: Int
    }

    private func traces(in place: Place) async throws -> Traces {
        Traces(
            requests: try await requests(in: place), numbers: try await place.run("--json", "-c", "list").outputText,
            changes: try await place.rows("SELECT count(*) FROM intents"))
    }

    private func requests(in place: Place) async throws -> String { try await place.sandbox().requestLog() }

    /// The log that proves it does write down what comes.
    private func probe(_ place: Place) async throws {
        let before = try await place.sandbox().requests(of: "SearchPhoneNumbers")
        #expect(try await place.run("-c", "search livekit --limit 1 | count").status == 0)
        #expect(try await place.sandbox().requests(of: "SearchPhoneNumbers") == before + 1)
    }
}
