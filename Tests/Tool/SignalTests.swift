import Glibc
import SwitchboardTestKit
import Testing

/// Ctrl-C, SIGTERM and closed pipes, at the real program.
@Suite struct SignalTests {
    @Test(arguments: zip([SIGINT, SIGTERM, SIGHUP], [130, 143, 129] as [Int32]))
    func aSlowSearchEndsAtOnce(_ signal: Int32, _ status: Int32) async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try await sandbox.fault(#"{"method":"SearchPhoneNumbers","fault":"slow","delay_ms":20000,"times":1}"#)
            let job = try await place.start(["-c", "search livekit --area 415 | first | purchase"])
            try await sandbox.faultsStruck()
            let start = ContinuousClock.now
            job.signal(signal)
            let result = try await job.end()
            #expect(ContinuousClock.now - start < .seconds(5))
            #expect(result.status == status)
            #expect(result.outputText.isEmpty)
            #expect(result.errorText.contains("ending: what is under way is finished, nothing else is begun"))
            #expect(try await sandbox.truth().purchases == [])
        }
    }

    @Test(arguments: zip([SIGINT, SIGTERM, SIGHUP], [130, 143, 129] as [Int32]))
    func aWaitEndsAtOnce(_ signal: Int32, _ status: Int32) async throws {
        try await Place.with { place in
            let job = try await place.start(["-c", "print 'waiting'; list; wait 365d; print 'never'"])
            // The program watches for signals before it makes its state.
            try await wait(for: "the run to begin") { place.text(of: place.state + "/switchboard.db").map { _ in () } }
            try await Task.sleep(for: .milliseconds(300))
            let start = ContinuousClock.now
            job.signal(signal)
            let result = try await job.end()
            #expect(ContinuousClock.now - start < .seconds(5))
            #expect(result.status == status && result.outputText == "waiting\n", "\(result.outputText)")
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

    @Test func theThirdSignalEndsAtOnceAndTheNextStartSettles() async throws {
        try await Place.with { place in
            let sandbox = try await place.sandbox()
            try await sandbox.fault(#"{"method":"PurchasePhoneNumber","fault":"slow","delay_ms":3000,"times":1}"#)
            let job = try await place.start(["-c", "purchase +14155550130 --provider livekit --label 'kept'"])
            try await sandbox.faultsStruck()
            let start = ContinuousClock.now
            for _ in 1...3 {
                job.signal(SIGINT)
                try await Task.sleep(for: .milliseconds(200))
            }
            let result = try await job.end()
            #expect(ContinuousClock.now - start < .seconds(2))
            #expect(result.status == 130)
            let told = result.errorText.split(separator: "\n").filter { $0.hasPrefix("end") }
            #expect(
                told == [
                    "ending: what is under way is finished, nothing else is begun; once more ends rows too, and takes nothing back",
                    "ending: only a change that is under way is finished; once more ends at once",
                    "ended; a change that was under way is settled at the next start",
                ])
            #expect(result.errorText.contains("ended; a change that was under way is settled at the next start"))
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
