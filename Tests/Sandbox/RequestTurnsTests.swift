import SwitchboardSandbox
import Synchronization
import Testing

private final class Count: Sendable {
    private let state = Mutex((running: 0, overlaps: 0))

    var overlaps: Int { state.withLock { $0.overlaps } }

    func enter() {
        state.withLock { state in
            state.running += 1
            if state.running > 1 { state.overlaps += 1 }
        }
    }

    func leave() { state.withLock { $0.running -= 1 } }
}

@Suite struct RequestTurnsTests {
    @Test func letsOneOfAKeyRunAtATimeAndOthersPass() async {
        let turns = RequestTurns()
        let count = Count()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    await turns.run("a") {
                        count.enter()
                        await Task.yield()
                        count.leave()
                    }
                }
            }
        }
        #expect(count.overlaps == 0)
        let inner = await turns.run("a") { await turns.run("b") { 7 } }
        #expect(inner == 7)
    }
}
