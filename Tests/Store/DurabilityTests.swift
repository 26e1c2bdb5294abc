import FoundationEssentials
import Glibc
import SwitchboardCore
import Testing

@testable import SwitchboardStore

@Suite struct DurabilityTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [20, 90, 250]) func whatReturnedBeforeASIGKILLIsInTheJournal(milliseconds: Int) async throws {
        await beginUntilKilled(after: milliseconds)
        let store = try folder.open()
        let kept = try store.intents(run: "run_1")
        let told = try lines(folder.path + "/begun")
        #expect(told.count > 1)
        #expect(Set(told).isSubset(of: kept.map(\.0.id)))
        #expect(kept.count - told.count <= 1, "at most the one that was being told of")
        let settled = try Set(lines(folder.path + "/settled"))
        for (intent, outcome) in kept where settled.contains(intent.id) { #expect(outcome == .done([123, 125])) }
        #expect(try store.numbers(profile: "sandbox").count == kept.count { $0.1 != nil })
        #expect(try store.adoptAbandonedIntents().count == kept.count { $0.1 == nil })
        #expect(try folder.integrity() == "ok")
    }

    @Test func whatReturnedToOneOfManyThreadsBeforeASIGKILLIsInTheJournal() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
            let store = try SQLiteStore.open(directory: path)
            onThreads(8) { thread in
                for index in 0..<1_000 {
                    if thread == 0, index == 40 { kill(getpid(), SIGKILL) }
                    let id = "intent_\(thread)_\(index)"
                    do {
                        try store.begin(intent(id, id), caps: Caps(numbers: 9_999))
                        try append(id + "\n", to: path + "/begun")
                        try store.settle(id, .done([]), changes: [.putTrunk(trunk(id))])
                        try append(id + "\n", to: path + "/settled")
                    } catch { Issue.record(error) }
                }
            }
        }
        let store = try folder.open()
        let kept = try store.intents(run: "run_1")
        let told = try (begun: lines(folder.path + "/begun"), settled: lines(folder.path + "/settled"))
        #expect(told.settled.count >= 40)
        #expect(Set(told.begun).isSubset(of: kept.map(\.0.id)))
        #expect(Set(told.settled).isSubset(of: kept.filter { $0.1 != nil }.map(\.0.id)))
        #expect(kept.count - told.begun.count <= 8, "at most those that were being told of")
        #expect(try Set(store.trunks(profile: "sandbox").map(\.id)) == Set(kept.filter { $0.1 != nil }.map(\.0.id)))
        #expect(try folder.integrity() == "ok")
    }

    func beginUntilKilled(after milliseconds: Int) async {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = folder.path as String, milliseconds = milliseconds as Int] in
            let store = try SQLiteStore.open(directory: path)
            for index in 0..<9_000 {
                if index == 10 {
                    var timer = itimerval()
                    timer.it_value.tv_usec = milliseconds * 1_000
                    signal(SIGALRM) { _ in kill(getpid(), SIGKILL) }
                    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
                }
                let id = "intent_\(index)"
                try store.begin(intent(id, id), caps: Caps(numbers: 9_999))
                try append(id + "\n", to: path + "/begun")
                guard index % 2 == 0 else { continue }
                try store.settle(id, .done([123, 125]), changes: [.putNumber(number(index))])
                try append(id + "\n", to: path + "/settled")
            }
        }
    }
}
