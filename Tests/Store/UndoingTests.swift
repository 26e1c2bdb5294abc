import FoundationEssentials
import SwitchboardCore
import SwitchboardStore
import Testing

/// What the journal knows of changes that are taken back, in memory as on the disk.
@Suite struct UndoingTests {
    static let kinds = ["memory", "disk"]

    private func with(_ kind: String, _ body: (any Store) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try body(kind == "memory" ? MemoryStore() : folder.open())
        withExtendedLifetime(folder) {}
    }

    private func undo(_ id: String, of entry: String, run: String = "run_2") -> Intent {
        var undo = intent(id, "undo \(entry)", run: run, slots: .init())
        undo.undoes = entry
        return undo
    }

    private func begin(_ store: any Store, _ id: String, at seconds: Double = 0) throws {
        try store.begin(
            RunRecord(
                id: id, session: store.session, profile: "sandbox", script: "buy.swb", startedAt: start + seconds))
    }

    private let error = SwitchboardError(.conflict, "refused")

    @Test(arguments: kinds) func anEntryIsUndoneAtMostOnce(_ kind: String) throws {
        try with(kind) { store in
            try store.record(intent("intent_1", "a"), .done([]), changes: [.putNumber(number(1))])
            #expect(try store.numbers(profile: "sandbox") == [number(1)])
            try store.begin(undo("intent_2", of: "intent_1"), caps: Caps())
            var other = undo("intent_3", of: "intent_1", run: "run_3")
            other.subject = "elsewhere"
            #expect(try failure { try store.begin(other, caps: Caps()) }.code == .conflict)
            try store.settle("intent_2", .failed(error), changes: [])
            try store.begin(other, caps: Caps())
            try store.settle("intent_3", .done([]), changes: [])
            let late = undo("intent_4", of: "intent_1")
            #expect(try failure { try store.begin(late, caps: Caps()) }.code == .conflict)
            #expect(try failure { try store.record(late, .done([]), changes: []) }.code == .conflict)
            let undoings = try store.undoings(of: "run_1")
            #expect(undoings.map(\.0.id) == ["intent_2", "intent_3"])
            #expect(undoings.map { $0.1?.isDone } == [false, true])
            #expect(undoings.map(\.0.undoes) == ["intent_1", "intent_1"])
        }
    }

    /// A call that runs once more makes anew what was taken back.
    @Test(arguments: kinds) func aStepHasNothingThatWasTakenBack(_ kind: String) throws {
        try with(kind) { store in
            for (index, key) in ["/s", "/s/x", "/sx"].enumerated() {
                var entry = intent("intent_\(index)", "\(index)", slots: .init())
                entry.step = key
                try store.record(entry, .done([]), changes: [])
            }
            try store.record(undo("intent_8", of: "intent_0"), .done([]), changes: [])
            try store.record(undo("intent_9", of: "intent_1"), .failed(error), changes: [])
            #expect(try store.intents(run: "run_1", under: "/s").map(\.0.id) == ["intent_1"])
        }
    }

    @Test(arguments: kinds) func aRefusedLedgerChangeIsNotRecorded(_ kind: String) throws {
        try with(kind) { store in
            try store.apply([.putAgent(agent("agent_1", "front"))], profile: "sandbox")
            let second = LedgerChange.putAgent(agent("agent_2", "front"))
            #expect(
                try failure { try store.record(intent("intent_1", "a"), .done([]), changes: [second]) }.code
                    == .conflict)
            #expect(try store.intents(run: "run_1").isEmpty)
        }
    }

    @Test(arguments: kinds) func aRunCountsAsChangedUntilAllOfItIsUndone(_ kind: String) throws {
        try with(kind) { store in
            func changed(_ onlyUnfinished: Bool = false) throws -> [String] {
                try store.changedRuns(profile: "sandbox", onlyUnfinished: onlyUnfinished, limit: 9).map(\.id)
            }
            try begin(store, "run_1")
            try begin(store, "run_2", at: 10)
            #expect(try changed() == [])
            try store.record(intent("intent_1", "a"), .done([]), changes: [])
            try store.record(intent("intent_2", "b"), .failed(error), changes: [])
            try store.record(intent("intent_3", "c", run: "run_2"), .done([]), changes: [])
            #expect(try changed() == ["run_2", "run_1"])
            #expect(try changed(true) == [])
            try store.end(run: "run_1", status: .failed, at: start)
            #expect(try changed(true) == ["run_1"])
            try begin(store, "run_3", at: 20)
            try store.record(undo("intent_4", of: "intent_1", run: "run_3"), .done([]), changes: [])
            #expect(try changed() == ["run_2"])
            #expect(try changed(true) == [])
            try store.dealWith("run_2")
            try store.dealWith("run_2")
            #expect(try changed() == [])
            #expect(try store.dealtWith() == ["run_2"])
        }
    }

    /// A run that went well is unfinished business once its undo has ended half-way.
    @Test(arguments: kinds) func anUndoThatEndedEarlyIsUnfinished(_ kind: String) throws {
        try with(kind) { store in
            try begin(store, "run_1")
            for id in ["intent_1", "intent_2"] { try store.record(intent(id, id), .done([]), changes: []) }
            try store.end(run: "run_1", status: .succeeded, at: start)
            try begin(store, "run_2", at: 10)
            try store.record(undo("intent_3", of: "intent_2"), .done([]), changes: [])
            try store.end(run: "run_2", status: .cancelled, at: start)
            #expect(try store.changedRuns(profile: "sandbox", onlyUnfinished: true, limit: 9).map(\.id) == ["run_1"])
        }
    }

    @Test(arguments: kinds) func anUndoKnowsWhatItHasTakenBack(_ kind: String) throws {
        try with(kind) { store in
            for (index, id) in ["run_1", "run_2", "run_3"].enumerated() { try begin(store, id, at: Double(index)) }
            for id in ["intent_1", "intent_2"] { try store.record(intent(id, id), .done([]), changes: []) }
            try store.record(undo("intent_3", of: "intent_2", run: "run_1"), .done([]), changes: [])
            #expect(try store.undos(profile: "sandbox").isEmpty)
            try store.record(undo("intent_4", of: "intent_1"), .failed(error), changes: [])
            try store.record(undo("intent_5", of: "intent_1", run: "run_3"), .done([]), changes: [])
            let undos = try store.undos(profile: "sandbox")
            #expect(undos.map(\.by.id) == ["run_2", "run_3"])
            #expect(undos.map(\.of) == ["run_1", "run_1"])
            #expect(undos.map(\.hasUndone) == [false, true])
            #expect(try store.undos(profile: "other").isEmpty)
        }
    }

    /// A store of the version before tells of undos, too.
    @Test func undosOfAnOlderVersionAreKnown() throws {
        let folder = try TemporaryFolder()
        let store = try folder.open()
        for (index, id) in ["run_1", "run_2"].enumerated() { try begin(store, id, at: Double(index)) }
        try store.record(intent("intent_1", "a"), .done([]), changes: [])
        try store.record(undo("intent_2", of: "intent_1"), .done([]), changes: [])
        store.close()
        try folder.takeBack(to: 8)
        #expect(try folder.open().undos(profile: "sandbox").map(\.of) == ["run_1"])
    }

    @Test(arguments: kinds) func oneRunAloneIsHeldToAPlan(_ kind: String) throws {
        try with(kind) { store in
            func run(_ id: String) -> RunRecord {
                var run = RunRecord(id: id, session: store.session, profile: "sandbox", script: "x", startedAt: start)
                run.plan = "plan_1"
                return run
            }
            try store.begin(run("run_1"))
            #expect(try store.run("run_1")?.plan == "plan_1")
            #expect(try failure { try store.begin(run("run_2")) }.message.hasSuffix("run_1, which is running"))
            try store.end(run: "run_1", status: .failed, at: start)
            try store.begin(run("run_2"))
            try store.record(intent("intent_1", "a", run: "run_2"), .failed(error), changes: [])
            try store.end(run: "run_2", status: .failed, at: start)
            try store.begin(run("run_1"))
            try store.record(intent("intent_2", "a"), .done([]), changes: [])
            try store.end(run: "run_1", status: .failed, at: start)
            #expect(try failure { try store.begin(run("run_3")) }.code == .notPlanned)
            try store.begin(run("run_1"))
        }
    }

    @Test(arguments: kinds) func aLeftoverStaysUntilItIsUndoneOrDealtWith(_ kind: String) throws {
        try with(kind) { store in
            for id in ["intent_1", "intent_2", "intent_3"] { try store.record(intent(id, id), .done([]), changes: []) }
            #expect(try store.leftovers(profile: "sandbox").isEmpty)
            for (index, id) in ["intent_1", "intent_2", "intent_3"].enumerated() {
                try store.record(undo("intent_\(index + 4)", of: id), .failed(error), changes: [])
            }
            let found = try store.leftovers(profile: "sandbox")
            #expect(found.map(\.intent.id) == ["intent_1", "intent_2", "intent_3"])
            #expect(found.first?.error == error)
            #expect(try store.leftovers(profile: "other").isEmpty)
            try store.dealWith("intent_1")
            try store.record(undo("intent_7", of: "intent_2"), .done([]), changes: [])
            #expect(try store.leftovers(profile: "sandbox").map(\.intent.id) == ["intent_3"])
            try store.dealWith("run_1")
            #expect(try store.leftovers(profile: "sandbox").isEmpty)
        }
    }
}
