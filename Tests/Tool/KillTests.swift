import Glibc
import SwitchboardTestKit
import Testing

/// SIGKILL of the real programs in the middle of their work.
@Suite struct KillTests {
    @Test(arguments: ["before", "after"])
    func aPurchaseThatIsKilledWhileTheProviderIsSlow(_ moment: String) async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try await sandbox.fault(
                #"{"method":"PurchasePhoneNumber","fault":"slow","delay_ms":1500,"times":1,"when":"\#(moment)"}"#)
            let job = try await place.start(["-c", "purchase +14155550130 --provider livekit --label 'kept'"])
            try await sandbox.faultsStruck()
            job.signal(SIGKILL)
            #expect(try await job.end().status == 128 + SIGKILL)
            #expect(try await place.openIntents() == 1)

            // The request is still under way, so the next start asks until it can say.
            let remarks = try await place.remarksOfAStart()
            #expect(remarks.contains("it had happened, and the ledger knows it now: buy +14155550130"), "\(remarks)")
            #expect(try await place.list().map(\.label) == ["kept"])
            #expect(try await place.sandbox().truth().purchases == ["+14155550130"])
            #expect(try await place.differences() == [])
            #expect(try await place.remarksOfAStart().isEmpty)
        }
    }

    @Test func aBulkImportThatIsKilledAgainAndAgainBuysEachRowOnce() async throws {
        try await Place.with { place in
            let numbers = (100..<130).map { "+14155550\($0)" }
            let rows = numbers.enumerated().map { "\($1),row \($0)\n" }.joined()
            try place.write("e164,label\n" + rows, to: "rows.csv")
            let script = try place.write(
                """
                agent add support
                let rows = read ./rows.csv --columns {e164: phone, label: string}
                for row in $rows {
                  let held = purchase $row.e164 --provider livekit --label $row.label | bind-agent support
                }
                """, to: "import.swb")
            var generator = SystemRandomNumberGenerator()
            for _ in 0..<10 {
                let job = try await place.start(["run", script])
                try await Task.sleep(for: .milliseconds(Int.random(in: 10...400, using: &generator)))
                job.signal(SIGKILL)
                _ = try await job.end()
            }
            let last = try await place.run("run", script)
            #expect(last.status == 0, "\(last.errorText)")
            #expect(try await place.sandbox().truth().purchases == numbers)
            let held = try await place.list()
            #expect(held.map(\.e164) == numbers)
            #expect(held.map(\.label) == numbers.indices.map { "row \($0)" })
            #expect(held.allSatisfy { $0.agent_id != nil })
            #expect(try await place.openIntents() == 0)
            #expect(try await place.differences() == [])
        }
    }

    @Test func aSandboxThatIsKilledInTheMiddleIsToldAndItsTruthFoundLater() async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try await sandbox.fault(
                #"{"method":"PurchasePhoneNumber","fault":"slow","delay_ms":20000,"times":1,"when":"after"}"#)
            let job = try await place.start(["-c", "purchase +14155550130 --provider livekit --label 'kept'"])
            try await sandbox.faultsStruck()
            place.stopSandbox()
            let result = try await job.end()
            #expect(result.status == 6, "\(result.errorText)")
            #expect(result.errorText.contains("nobody can tell yet whether this happened: buy +14155550130"))
            #expect(result.errorText.contains("the next start asks the provider again"))
            #expect(try await place.openIntents() == 1)

            let remarks = try await place.remarksOfAStart()
            #expect(remarks.contains("it had happened, and the ledger knows it now"), "\(remarks)")
            #expect(try await place.list().map(\.label) == ["kept"])
            #expect(try await place.differences() == [])
        }
    }

    @Test func aSandboxThatIsKilledBetweenStatementsIsStartedAnew() async throws {
        try await Place.with { place in
            _ = try await place.sandbox()
            #expect(try await place.run("-c", "purchase +14155550130 --provider livekit").status == 0)
            place.stopSandbox()
            let result = try await place.run("-c", "get +14155550130 | select .e164")
            #expect(result.outputText == "e164\n\"+14155550130\"\n", "\(result.errorText)")
        }
    }
}
