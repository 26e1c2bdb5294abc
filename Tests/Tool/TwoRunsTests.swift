import Glibc
import SwitchboardTestKit
import Testing

/// Two bulk runs on one store at once: one is killed and resumed by a third process while the other goes on.
@Suite struct TwoRunsTests {
    private static func script(_ tag: String) -> String {
        """
        range 1 30
        | each n --parallel 8 --on-error collect {
            search livekit --country-code US --area-code 415 | first | purchase --label "\(tag)-$n" | bind-agent support
          }
        | report ./\(tag).csv
        """
    }

    /// Hands over a place with two scripts of thirty rows each, whose purchases take their time.
    private func withTwoScripts(_ body: (Place, SandboxAdmin, [String]) async throws -> Void) async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox(inventory: "wide")
            #expect(try await place.run("-c", "agent add support").status == 0)
            try await sandbox.fault(#"{"method":"PurchasePhoneNumber","fault":"slow","delay_ms":300,"when":"after"}"#)
            try await body(
                place, sandbox, try ["one", "other"].map { try place.write(Self.script($0), to: "\($0).swb") })
        }
    }

    private func expectDone(_ tags: [String], _ place: Place) async throws {
        let labels = tags.flatMap { tag in (1...30).map { "\(tag)-\($0)" } }
        let purchases = try await place.sandbox().truth().purchases
        #expect(purchases.count == labels.count && Set(purchases).count == labels.count)
        let held = try await place.list()
        #expect(held.compactMap(\.label).sorted() == labels.sorted())
        #expect(held.allSatisfy { $0.agent_id != nil })
        #expect(try await place.openIntents() == 0)
        #expect(try await place.differences() == [])
        for tag in tags {
            let report = place.text(of: "\(place.folder)/\(tag).csv") ?? ""
            #expect(report.split(separator: "\n").count { $0.contains(",succeeded,") } == 30, "\(report)")
        }
    }

    @Test func theKilledOneIsResumedByAThirdWhileTheOtherGoesOn() async throws {
        try await withTwoScripts { place, sandbox, scripts in
            let one = try await place.start(["run", scripts[0]])
            let other = try await place.start(["run", scripts[1]])
            try await wait(for: "purchases of both") {
                try await sandbox.truth().purchases.count >= 16 ? () : nil
            }
            one.signal(SIGKILL)
            #expect(try await one.end().status == 128 + SIGKILL)
            let third = try await place.run("resume", "last")
            #expect(third.status == 0, "\(third.errorText)")
            let result = try await other.end()
            #expect(result.status == 0, "\(result.errorText)")
            try await expectDone(["one", "other"], place)
        }
    }

    @Test func oneThatRunsIsNotResumedByAnybody() async throws {
        try await withTwoScripts { place, sandbox, scripts in
            let job = try await place.start(["run", scripts[0]])
            try await wait(for: "purchases") { try await sandbox.truth().purchases.count >= 8 ? () : nil }
            let another = try await place.run("resume", "last")
            #expect(another.status == 2, "\(another.errorText)")
            #expect(try await job.end().status == 0)
            try await expectDone(["one"], place)
        }
    }

    @Test func ofTwoThatResumeOneRunOneDoes() async throws {
        try await withTwoScripts { place, sandbox, scripts in
            let job = try await place.start(["run", scripts[0]])
            try await wait(for: "purchases") { try await sandbox.truth().purchases.count >= 8 ? () : nil }
            job.signal(SIGKILL)
            #expect(try await job.end().status == 128 + SIGKILL)
            async let first = place.run("resume", "last")
            async let second = place.run("resume", "last")
            let results = try await [first, second]
            #expect(results.map(\.status).sorted() == [0, 2], "\(results.map(\.errorText))")
            try await expectDone(["one"], place)
        }
    }
}
