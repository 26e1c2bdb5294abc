import Glibc
import SwitchboardTerminal
import Synchronization
import Testing

@Suite(.serialized) struct SignalWatcherTests {
    @Test func observersHearSignalsUntilTheyAreRemoved() async throws {
        let watcher = try SignalWatcher()
        defer { watcher.stop() }
        let (heard, continuation) = AsyncStream<TerminalSignal>.makeStream()
        let silent = Mutex(0)
        let removed = watcher.observe { _ in silent.withLock { $0 += 1 } }
        watcher.remove(removed)
        watcher.observe { continuation.yield($0) }

        kill(getpid(), SIGINT)
        var signals = heard.makeAsyncIterator()
        #expect(await signals.next() == .interrupt)
        kill(getpid(), SIGTERM)
        #expect(await signals.next() == .terminate)
        #expect(silent.withLock { $0 } == 0)
    }

    @Test func aProcessHasOneWatcherAtATime() throws {
        let watcher = try SignalWatcher()
        #expect(throws: TerminalError.self) { try SignalWatcher() }
        watcher.stop()
        try SignalWatcher().stop()
    }

    @Test func theExitStatusIsTheShells() {
        #expect(TerminalSignal.terminate.exitStatus == 143)
        #expect(TerminalSignal.allCases.map(\.rawValue) == [SIGHUP, SIGINT, SIGTERM, SIGCONT, SIGWINCH])
    }
}
