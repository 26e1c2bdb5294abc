import FoundationEssentials
import Glibc
import SwitchboardTestKit
import Testing

/// Ctrl-C, SIGTERM and closed pipes, at the real program.
@Suite struct SignalTests {
    @Test(arguments: zip([SIGINT, SIGTERM, SIGHUP], [130, 143, 129] as [Int32]))
    func aSlowSearchEndsAtOnce(_ signal: Int32, _ status: Int32) async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try await sandbox.fault(#"{"method":"SearchPhoneNumbers","fault":"slow","delay_ms":600000,"times":1}"#)
            let job = try await place.start(["-c", "search livekit --area 415 | first | purchase"])
            try await sandbox.faultsStruck()
            job.signal(signal)
            let result = try await job.end()
            #expect(try await sandbox.requests(of: "SearchPhoneNumbers") == 0, "nobody waits for an answer")
            #expect(result.status == status)
            #expect(result.outputText.isEmpty)
            #expect(result.errorText.contains("ending: what is under way is finished, nothing else is begun"))
            #expect(try await sandbox.truth().purchases == [])
        }
    }

    @Test(arguments: zip([SIGINT, SIGTERM, SIGHUP], [130, 143, 129] as [Int32]))
    func aWaitEndsAtOnce(_ signal: Int32, _ status: Int32) async throws {
        try await Place.with { place in
            let job = try await place.start(["-c", "print 'waiting'; agent add support; wait 365d; print 'never'"])
            try await wait(for: "the run to wait") { () -> Bool? in
                try await place.run("-c", "agent list").outputText.contains("support") ? true : nil
            }
            job.signal(signal)
            let result = try await job.end()
            #expect(result.status == status && !result.outputText.contains("never"), "\(result.outputText)")
            #expect(result.outputText.hasPrefix("waiting\n"))
        }
    }

    @Test(arguments: zip([SIGINT, SIGTERM, SIGHUP], [130, 143, 129] as [Int32]))
    func aSlowPurchaseIsFinishedAndNothingElseBegun(_ signal: Int32, _ status: Int32) async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try await sandbox.fault(#"{"method":"PurchasePhoneNumber","fault":"slow","delay_ms":1000,"times":1}"#)
            let job = try await place.start([
                "--json", "-c",
                "purchase +14155550130 --provider livekit; purchase +14155550131 --provider livekit",
            ])
            try await sandbox.faultsStruck()
            job.signal(signal)
            let result = try await job.end()
            #expect(result.status == status, "\(result.errorText)")
            #expect(AnyJSON.isDocument(result.outputText), "\(result.outputText)")
            #expect(!result.outputText.contains("+14155550131"))
            #expect(try await sandbox.truth().purchases == ["+14155550130"])
            #expect(try await place.openIntents() == 0)
            #expect(try await place.remarksOfAStart().isEmpty)
            #expect(try await place.differences() == [])
        }
    }

    /// Nothing has begun yet, so there is nothing to finish.
    @Test(arguments: ["check", "plan", "run"], ["script", "data"])
    func whatIsStillCheckedEndsAtOnce(_ word: String, _ what: String) async throws {
        try await Place.with { place in
            let made = try await place.shell(
                what == "script"
                    ? "yes 'agent list | count' | head -n 1000000 >huge.swb"
                    : "(echo e164; yes +14155550100 | head -n 4000000) >huge.csv; "
                        + "echo 'read huge.csv --columns {e164: phone} | count' >huge.swb")
            #expect(made.status == 0)
            let job = try await place.start(["--json", word, "huge.swb"])
            try await wait(for: "the program to read") { (try bytesRead(by: job.pid)) > 2_000_000 ? () : nil }
            job.signal(SIGINT)
            let result = try await job.end()
            #expect(result.status == 130 && result.outputText == "", "\(result.errorText)")
            _ = try await place.shell("rm huge.*")
        }
    }

    private func bytesRead(by pid: pid_t) throws -> Int {
        let file = try String(contentsOfFile: "/proc/\(pid)/io", encoding: .utf8)
        return file.split(separator: "\n").first.flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
    }

    @Test func theThirdSignalEndsAtOnceAndTheNextStartSettles() async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try await sandbox.fault(
                #"{"method":"PurchasePhoneNumber","fault":"slow","delay_ms":600000,"when":"after","times":1}"#)
            let job = try await place.startTelling(["-c", "purchase +14155550130 --provider livekit --label 'kept'"])
            try await sandbox.faultsStruck()
            let told = [
                "ending: what is under way is finished, nothing else is begun; once more ends rows too, and takes nothing back",
                "ending: only a change that is under way is finished; once more ends at once",
                "ended; a change that was under way is settled at the next start",
            ]
            for line in told {
                job.signal(SIGINT)
                try await place.told(line)
            }
            #expect(try await job.end().status == 130)
            #expect(try await sandbox.requests(of: "PurchasePhoneNumber") == 0, "nobody waits for an answer")
            #expect(place.told.split(separator: "\n").filter { $0.hasPrefix("end") } == told.map { $0[...] })
            #expect(try await place.remarksOfAStart().contains("it had happened, and the ledger knows it now"))
            #expect(try await place.list().map(\.label) == ["kept"])
            #expect(try await place.differences() == [])
        }
    }

    @Test func aReaderThatLeavesEarlyLosesNothing() async throws {
        try await Place.with { place in
            try place.write(
                "for n in [\((100..<120).map { "+14155550\($0)" }.joined(separator: " "))] {\n"
                    + "  purchase $n --provider livekit\n}\nlist\n", to: "buy.swb")
            let result = try await place.shell(
                "\"$SWITCHBOARD\" --jsonl run buy.swb | head -n 1; echo \"${PIPESTATUS[0]}\"")
            let lines = result.outputText.split(separator: "\n")
            #expect(lines.first?.hasPrefix("{") == true && lines.count == 2, "\(result.outputText)")
            #expect(lines.last == "1", "the status tells that results were lost: \(result.errorText)")
            #expect(result.errorText.contains("error: standard output could not be written"), "\(result.errorText)")
            #expect(try await place.list().count == 20)
            #expect(try await place.openIntents() == 0)
            #expect(try await place.differences() == [])
        }
    }

    @Test func aClosedStandardOutputIsToldAndLosesNothing() async throws {
        try await Place.with { place in
            let result = try await place.shell(
                "\"$SWITCHBOARD\" -c 'purchase +14155550130 --provider livekit' >&-; echo $?")
            #expect(result.outputText == "1\n", "\(result.errorText)")
            #expect(result.errorText.contains("error: standard output could not be written"), "\(result.errorText)")
            #expect(try await place.list().map(\.e164) == ["+14155550130"])
            #expect(try await place.differences() == [])
        }
    }

    /// Where a standard file is closed, no file of the store takes its place and gets its text.
    @Test(arguments: ["<&-", "2>&-", "<&- 2>&-", "<&- >&- 2>&-"])
    func closedStandardFilesHarmNothing(_ closed: String) async throws {
        try await Place.with { place in
            let result = try await place.shell(
                """
                "$SWITCHBOARD" --log debug -c 'agent add support
                purchase +14155550130 --provider livekit | bind-agent support' \(closed); echo $?
                """)
            #expect(result.outputText.hasSuffix(closed.contains(" >&-") ? "1\n" : "0\n"), "\(result.outputText)")
            #expect(try await place.list().map(\.e164) == ["+14155550130"])
            let check = "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"
            #expect(try await place.rows(check) == 1)
            #expect(try await place.differences() == [])
            let strays = try await place.shell("grep -rlE 'POST http|nothing real' xdg; true")
            #expect(strays.outputText == "", "text for the terminal went into a file")
        }
    }

    @Test func aFullStandardOutputIsTold() async throws {
        try await Place.with { place in
            let result = try await place.shell("\"$SWITCHBOARD\" -c '{a: 1}' >/dev/full; echo $?")
            #expect(result.outputText == "1\n")
            #expect(result.errorText == "error: standard output could not be written\n")
        }
    }
}
