import SwitchboardTestKit
import Testing

/// `scripts/bench crash` in short: kills at random instants and at some steps of the journal, under faults.
@Suite struct CrashBenchTests {
    @Test(.timeLimit(.minutes(10))) func whatIsKilledAnywhereIsFinishedOnce() async throws {
        await Turns.shared.take()
        let result = try await Subprocess.run(
            "\(Programs.package)/scripts/bench",
            [
                "crash", "--kills", "4", "--rows", "8", "--steps", "30", "--step-rows", "3", "--lanes", "4", "--seed",
                "7", "--no-usual", "--programs", Programs.folder,
            ], limit: .seconds(540))
        await Turns.shared.giveBack()
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
        #expect(result.outputText.hasPrefix("seed 7\n"))
    }
}
