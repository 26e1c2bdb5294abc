import FoundationEssentials
import Glibc
import SwitchboardTestKit
import Testing

/// Loops over rows, with the real programs: side by side, interrupted and killed.
@Suite struct RowTests {
    private static let forty = """
        param --tag: string
        range 1 40
        | each n --parallel 8 --on-error collect {
            search livekit --country-code US --area-code 415 | first | purchase --label "$tag-$n"
          }
        | where .result != 'succeeded'
        | select .value .error_code .error
        """

    @Test func twoProcessesOfEightRowsAtATimeOwnEightyNumbers() async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox(inventory: "wide")
            let script = try place.write(Self.forty, to: "forty.swb")
            async let one = place.run("run", script, "--tag", "one", "--max-numbers", "200", limit: .seconds(120))
            async let other = place.run("run", script, "--tag", "other", "--max-numbers", "200", limit: .seconds(120))
            for result in try await [one, other] {
                #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
            }
            let purchases = try await sandbox.truth().purchases
            #expect(purchases.count == 80 && Set(purchases).count == 80)
            let labels = try await place.list().compactMap(\.label)
            #expect(Set(labels) == Set((1...40).flatMap { ["one-\($0)", "other-\($0)"] }) && labels.count == 80)
            #expect(try await place.openIntents() == 0)
            #expect(try await place.differences() == [])
        }
    }

    @Test func rowsThatTakeLongAreToldOfEveryTenSecondsAndSummedUp() async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try await sandbox.fault(
                #"{"method":"PurchasePhoneNumber","number":"+14155550101","fault":"slow","delay_ms":13000,"times":1}"#)
            let result = try await place.run(
                "-c", "[+14155550100 +14155550101 +14155550102] | purchase --provider livekit --parallel 3 | count")
            #expect(result.outputText == "3\n")
            let lines = result.errorText.split(separator: "\n").map(String.init)
            #expect(lines.count == 3, "\(lines)")
            #expect(lines.dropFirst().first?.wholeMatch(of: /2 of 3 rows, 1 running, 0\.[12]\/s, \d+s left/) != nil)
            #expect(lines.last?.wholeMatch(of: /3 rows in \d\ds: 3 succeeded/) != nil)
        }
    }

    /// A row of a report.
    private struct Reported: Decodable {
        var e164: String
        var result: String
    }

    @Test(arguments: zip([SIGINT, SIGTERM, SIGHUP], [130, 143, 129] as [Int32]))
    func aSignalLetsRowsFinishAndTheReportTellsOfAll(_ signal: Int32, _ status: Int32) async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try await sandbox.fault(#"{"method":"PurchasePhoneNumber","fault":"slow","delay_ms":1500,"times":3}"#)
            let numbers = (100..<120).map { "+14155550\($0)" }
            try place.write("e164\n" + numbers.map { $0 + "\n" }.joined(), to: "rows.csv")
            let job = try await place.start([
                "-c",
                """
                read rows.csv --columns {e164: phone}
                | each row --parallel 3 { purchase $row.e164 --provider livekit }
                | report rows.json
                """,
            ])
            try await sandbox.faultsStruck()
            job.signal(signal)
            let result = try await job.end()
            #expect(result.status == status, "\(result.errorText)")
            let rows = try JSONDecoder().decode(
                [Reported].self, from: Data((place.text(of: place.folder + "/rows.json") ?? "").utf8))
            #expect(rows.map(\.e164) == numbers)
            #expect(rows.map(\.result) == numbers.indices.map { $0 < 3 ? "succeeded" : "not_started" })
            #expect(try await sandbox.truth().purchases == Array(numbers.prefix(3)))
            let again = try JSONDecoder().decode(
                [[String: String]].self, from: Data((place.text(of: place.folder + "/rows.failed.json") ?? "").utf8))
            #expect(again.compactMap { $0["e164"] } == Array(numbers.dropFirst(3)))
            #expect(try await place.differences() == [])
        }
    }

    @Test func theSecondSignalEndsRowsAndNamesThoseThatAreHalfDone() async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            let numbers = (100..<110).map { "+14155550\($0)" }
            try place.write("e164\n" + numbers.map { $0 + "\n" }.joined(), to: "rows.csv")
            let job = try await place.startTelling([
                "-c",
                """
                read rows.csv --columns {e164: phone}
                | each row --parallel 2 { purchase $row.e164 --provider livekit; wait 1h }
                | report rows.json
                """,
            ])
            try await wait(for: "two purchases") { try await sandbox.truth().purchases.count == 2 ? () : nil }
            // Both rows have to be in their wait: their purchases are settled then.
            try await wait(for: "their outcomes") { try await place.openIntents() == 0 ? () : nil }
            job.signal(SIGINT)
            try await place.told("once more ends rows too")
            job.signal(SIGINT)
            #expect(try await job.end().status == 130, "\(place.told)")
            for number in numbers.prefix(2) {
                let care = "half done: \(number): the work was cancelled; done before: buy \(number) at livekit"
                #expect(place.told.contains(care), "\(place.told)")
            }
            #expect(place.told.contains("2 failed, 8 not started"))
            let rows = try JSONDecoder().decode(
                [Reported].self, from: Data((place.text(of: place.folder + "/rows.json") ?? "").utf8))
            #expect(rows.map(\.result) == numbers.indices.map { $0 < 2 ? "failed" : "not_started" })
            #expect(try await place.differences() == [])
        }
    }

    @Test func aRunThatIsKilledLeavesNoReportThatLooksLikeItsOwn() async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try place.write("e164\n+14155550100\n+14155550101\n", to: "rows.csv")
            let script = try place.write(
                "read rows.csv --columns {e164: phone} | purchase --provider livekit | report result.csv\n",
                to: "buy.swb")
            try place.write("yesterday\n", to: "result.csv")
            try place.write("e164\n+14155550149\n", to: "result.failed.csv")
            try await sandbox.fault(#"{"method":"PurchasePhoneNumber","fault":"slow","delay_ms":20000,"times":1}"#)
            let job = try await place.start(["run", script])
            try await sandbox.faultsStruck()
            job.signal(SIGKILL)
            _ = try await job.end()
            func files() throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: place.folder).filter { $0.contains("result") }
                    .sorted()
            }
            #expect(try files() == ["result.failed.previous.csv", "result.previous.csv"])
            #expect(place.text(of: place.folder + "/result.previous.csv") == "yesterday\n")
            try await sandbox.mend()
            let rest = try await place.run("resume", "last")
            #expect(rest.status == 0, "\(rest.errorText)")
            #expect(try files() == ["result.csv"])
            #expect(place.text(of: place.folder + "/result.csv")?.contains("+14155550101\",succeeded") == true)
        }
    }

    @Test func theSummaryTellsTheMostFrequentReasons() async throws {
        try await Place.with { place in
            let result = try await place.run(
                "-c",
                "[+14155550100 +14155550177 +14155550178 +14155550179 +14155550180 +14155550181]"
                    + " | purchase --provider livekit --on-error collect | count")
            #expect(result.status == 3)
            let lines = result.errorText.split(separator: "\n").map(String.init)
            #expect(lines.contains { $0.hasSuffix(": 1 succeeded, 5 failed (5 × taken)") }, "\(lines)")
            let reason =
                "5 × taken, as +14155550177, +14155550178, +14155550179: +14155550177 is no longer for sale at livekit"
            #expect(lines.contains(reason), "\(lines)")
        }
    }

    @Test func rowsThatAreKilledAgainAndAgainBuyEachNumberOnce() async throws {
        try await Place.with { place in
            let numbers = (100..<140).map { "+14155550\($0)" }
            try place.write("e164\n" + numbers.map { $0 + "\n" }.joined(), to: "rows.csv")
            let script = try place.write(
                """
                agent add support
                read rows.csv --columns {e164: phone}
                | each row --parallel 8 { purchase $row.e164 --provider livekit | bind-agent support }
                | report result.csv
                """, to: "rows.swb")
            for _ in 0..<10 {
                let job = try await place.start(["run", script])
                try await Task.sleep(for: .milliseconds(Int.random(in: 10...300)))
                job.signal(SIGKILL)
                _ = try await job.end()
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: place.folder)
            #expect(left.filter { $0.hasSuffix(".tmp") } == [], "a report that was never finished has left its draft")
            let last = try await place.run("run", script)
            #expect(last.status == 0, "\(last.errorText)")
            #expect(try await place.sandbox().truth().purchases == numbers)
            #expect(try await place.list().filter { $0.agent_id != nil }.map(\.e164) == numbers)
            #expect(try await place.openIntents() == 0)
            #expect(try await place.differences() == [])
        }
    }
}
