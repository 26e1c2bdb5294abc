import SwitchboardCore
import SwitchboardStore
import Testing

@testable import SwitchboardEngine

/// What a call that runs once more finds of the effects of those before it.
@Suite struct CallStepTests {
    private let store = MemoryStore()

    private func effect(_ name: String) -> LedgerEffect {
        LedgerEffect(summary: name, changes: [.removeAgent(name)], inverse: .none(because: "it is a test"))
    }

    /// Writes what became of an effect of the call.
    private func record(_ effect: LedgerEffect, _ outcome: IntentOutcome) throws {
        let intent = Intent(
            id: IDKind.intent.make(at: TimeSource.system.now()), run: "run_1", session: "", profile: "sandbox",
            kind: LedgerEffect.kind, subject: effect.subject, arguments: [], startedAt: TimeSource.system.now(),
            step: "/call")
        try store.record(intent, outcome, changes: [])
    }

    private var call: CallStep {
        let earlier = EarlierRun(
            id: "run_1", digest: "", used: [:], files: [:], folder: "/", status: .interrupted, mayDiffer: false)
        return CallStep("/call", RunJournal(store, run: "run_1", time: .system, resuming: earlier))
    }

    private let done = IntentOutcome.done(Array("{}".utf8))

    private func isToBeCarriedOut(_ effect: LedgerEffect, _ call: CallStep) throws -> Bool {
        if case .unknown = try call.replay(effect) { true } else { false }
    }

    /// Two processes have died before the same effect, each with an intent of its own.
    @Test(arguments: 1...3) func whatWasInterruptedAgainAndAgainIsCarriedOut(times: Int) throws {
        let bind = effect("bind")
        for _ in 0..<times { try record(bind, .failed(.interruption(of: bind))) }
        #expect(try isToBeCarriedOut(bind, call))
    }

    @Test func whatWasDoneInTheEndIsDone() throws {
        let (bind, label) = (effect("bind"), effect("label"))
        for _ in 0..<2 { try record(bind, .failed(.interruption(of: bind))) }
        try record(bind, done)
        try record(label, .failed(.interruption(of: label)))
        let call = call
        #expect(try !isToBeCarriedOut(bind, call))
        #expect(try isToBeCarriedOut(label, call))
    }

    /// The call has gone on after that failure, and does so again.
    @Test func aFailureThatTheCallHasGoneOnAfterIsOneAgain() throws {
        let (first, second) = (effect("first"), effect("second"))
        try record(first, .failed(SwitchboardError(.taken, "it is taken")))
        try record(second, done)
        let call = call
        #expect(throws: SwitchboardError.self) { try call.replay(first) }
        #expect(try !isToBeCarriedOut(second, call))
    }

    @Test func whatFailedLastIsTriedAgain() throws {
        let first = effect("first")
        try record(first, .failed(SwitchboardError(.taken, "it is taken")))
        #expect(try isToBeCarriedOut(first, call))
    }
}
