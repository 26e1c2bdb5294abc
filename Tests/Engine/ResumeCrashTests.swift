import Dispatch
import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Synchronization
import Testing

/// A process that dies at a step of the door: every thread that comes to it stands still until its store is closed.
///
/// What it had asked of the provider by then still reaches it, as a request does that was on its way.
private final class Death: Sendable {
    private let step: Int
    private let passed = Mutex(0)
    private let isReached = DispatchSemaphore(value: 0)
    private let isOver = DispatchSemaphore(value: 0)

    /// Dies at the step of that number, counted from 1.
    init(atStep step: Int) { self.step = step }

    func observe() {
        let count = passed.withLock { passed in
            passed += 1
            return passed
        }
        guard count >= step else { return }
        isReached.signal()
        isOver.wait()
        // Whoever stands behind this one goes on as well, and finds the store closed.
        isOver.signal()
    }

    /// Whether the process died before the run was over.
    func came(before run: DispatchSemaphore) -> Bool {
        while true {
            if isReached.wait(timeout: .now() + .milliseconds(2)) == .success { return true }
            if run.wait(timeout: .now()) == .success { return false }
        }
    }

    func letGo() { isOver.signal() }
}

/// Runs whose process dies at any step of the door, and that another process resumes.
@Suite struct ResumeCrashTests {
    struct Script: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        /// What each purchase is labelled, each once.
        var labels: [String]
        var testDescription: String { name }

        static let all = [
            Script(
                name: "statements",
                text: """
                    let first = (search fake | first)
                    $first | purchase --label 'a'
                    search fake | first 2 | purchase --label 'b' | bind-agent support
                    """, labels: ["a", "b", "b"]),
            Script(
                name: "a loop that calls a def",
                text: """
                    def grab [name: string] { search fake | first | purchase --label $name | bind-agent support }
                    for name in ['x' 'y' 'y'] { grab $name }
                    """, labels: ["x", "y", "y"]),
            Script(
                name: "rows side by side",
                text: """
                    [{site: 'p'} {site: 'q'} {site: 'r'} {site: 's'}]
                    | each row --parallel 2 --key .site --on-error collect {
                        search fake | first | purchase --label $row.site | bind-agent support
                      }
                    """, labels: ["p", "q", "r", "s"]),
            Script(
                name: "a failure that is caught",
                text: """
                    try { search fake | first | purchase --label 't'; fail 'no' } catch error {
                      search fake | first | purchase --label 'u'
                    }
                    search fake | first | purchase --label 'v'
                    """, labels: ["t", "u", "v"]),
            Script(
                name: "a transaction",
                text: """
                    transaction {
                      search fake | first | purchase --label 'm'
                      search fake | first | purchase --label 'n' | bind-agent support
                    }
                    """, labels: ["m", "n"]),
            Script(
                name: "numbers that are given up",
                text: """
                    let kept = (search fake | first | purchase --label 'k')
                    search fake | first | purchase --label 'away' | bind-agent support | release --force
                    """, labels: ["k"]),
        ]
    }

    @Test(arguments: Script.all)
    func nothingIsBoughtTwiceAndNothingIsLost(_ script: Script) async throws {
        var step = 1
        while try await dies(script, atStep: step) { step += 1 }
        #expect(step > 8, "the script has taken \(step - 1) steps")
    }

    /// Whether the process died before the run was over.
    private func dies(_ script: Script, atStep step: Int) async throws -> Bool {
        let death = Death(atStep: step)
        let place = try Workspace(observe: { _ in death.observe() })
        place.offer(0...20)
        let setUp = try Workspace(folder: place.folder, clock: place.clock, carrier: place.carrier)
        #expect(await setUp.run("agent add support").status == 0)
        let isOver = DispatchSemaphore(value: 0)
        async let first = onThread {
            defer { isOver.signal() }
            return place.blockingRun(script.text)
        }
        let hasDied = await onThread { death.came(before: isOver) }
        if hasDied {
            (place.store as? SQLiteStore)?.close()
            death.letGo()
            _ = await first
            let next = try Workspace(folder: place.folder, clock: place.clock, carrier: place.carrier)
            let resumed = await next.run("resume last")
            #expect(resumed.status == 0, "step \(step): \(resumed.faults) \(resumed.shown.map(\.json))")
            try check(script, next, step)
        } else {
            let report = await first
            #expect(report.exitStatus == 0, "\(report.diagnostics)")
        }
        return hasDied
    }

    private func check(_ script: Script, _ place: Workspace, _ step: Int) throws {
        let numbers = try place.store.numbers(profile: Profile.sandboxName)
        #expect(numbers.compactMap(\.label).sorted() == script.labels.sorted(), "step \(step)")
        #expect(place.carrier.owned.map(\.text).sorted() == place.numbers.sorted(), "step \(step)")
        #expect(Set(place.carrier.purchases).count == place.carrier.purchases.count, "step \(step)")
        #expect(try place.store.openIntents().isEmpty, "step \(step)")
        #expect(try place.store.runs(limit: 1).first?.status == .succeeded, "step \(step)")
    }
}
