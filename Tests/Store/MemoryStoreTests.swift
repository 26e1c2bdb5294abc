import FoundationEssentials
import SwitchboardCore
import SwitchboardStore
import Testing

/// The store in memory keeps the same promises as the one on the disk, durability apart.
@Suite struct MemoryStoreTests {
    static let kinds = ["memory", "disk"]

    private func with(_ kind: String, _ body: (any Store) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try body(kind == "memory" ? MemoryStore() : folder.open())
        withExtendedLifetime(folder) {}
    }

    @Test func aCopyChangesAloneAndReadsTheRestFromItsOriginal() throws {
        let folder = try TemporaryFolder()
        let original = try folder.open()
        try original.apply([.putNumber(number(1))], profile: "sandbox")
        try original.apply([.putNumber(number(2))], profile: "other")
        _ = try original.setNamedSecret("a", to: Secret("one"), profile: "sandbox")
        let copy = try MemoryStore(copying: original, profile: "sandbox")
        let before = copy.snapshot()
        try copy.apply([.putNumber(number(3))], profile: "sandbox")
        _ = try copy.setNamedSecret("b", to: Secret("two"), profile: "sandbox")
        #expect(try copy.numbers(profile: "sandbox").map(\.id) == ["phone_1", "phone_3"])
        #expect(try copy.numbers(profile: "other").map(\.id) == ["phone_2"])
        #expect(try copy.namedSecrets(profile: "sandbox").map(\.name) == ["a", "b"])
        #expect(try copy.namedSecret("a", profile: "sandbox") == Secret("one"))
        #expect(try original.numbers(profile: "sandbox").map(\.id) == ["phone_1"])
        #expect(try original.namedSecrets(profile: "sandbox").map(\.name) == ["a"])
        copy.restore(before)
        #expect(try copy.numbers(profile: "sandbox").map(\.id) == ["phone_1"])
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: kinds) func aRunThatHasBegunNoChangeCanBeForgotten(_ kind: String) throws {
        try with(kind) { store in
            for id in ["run_1", "run_2"] {
                try store.begin(
                    RunRecord(id: id, session: store.session, profile: "p", script: "prompt", startedAt: start))
                try store.note(step("step_1"), run: id)
                try store.tell(RunLine(at: start, kind: .printed, text: "hello"), run: id)
            }
            var bought = intent("intent_1", "livekit +14155550100")
            bought.run = "run_2"
            try store.begin(bought, caps: Caps())
            try store.settle("intent_1", .failed(SwitchboardError(.conflict, "taken")), changes: [])
            #expect(try store.forget(run: "run_1"))
            #expect(try !store.forget(run: "run_2"))
            #expect(try store.runs(limit: 9).map(\.id) == ["run_2"])
            #expect(try store.steps(run: "run_1").isEmpty && store.lines(run: "run_1").isEmpty)
            #expect(try store.steps(run: "run_2").count == 1 && store.lines(run: "run_2").count == 1)
        }
    }

    @Test(arguments: kinds) func aRunIsReadPageByPage(_ kind: String) throws {
        try with(kind) { store in
            let keys = (0..<1100).map { "each/[\(10_000 + $0)]" }
            for (index, key) in keys.enumerated() {
                try store.note(step(key), run: "run_1")
                var change = intent("intent_\(index)", "subject \(index)")
                (change.run, change.step) = ("run_1", keys[index / 3])
                try store.record(change, .done([]), changes: [])
            }
            var undo = intent("intent_u", "subject u")
            (undo.run, undo.undoes) = ("run_2", "intent_3")
            try store.record(undo, .done([]), changes: [])
            var (steps, changes) = ([String](), [RunChange]())
            try store.forEachStep(ofRun: "run_1") { steps.append($0.key) }
            try store.forEachChange(ofRun: "run_1") { change in
                changes.append(change)
                return changes.count < 1050
            }
            #expect(steps == keys)
            #expect(changes.map(\.intent.id) == (0..<1050).map { "intent_\($0)" })
            #expect(changes.filter(\.isUndone).map(\.intent.id) == ["intent_3"])
        }
    }

    @Test(arguments: kinds) func slotsAreReservedUntilTheIntentIsSettled(_ kind: String) throws {
        try with(kind) { store in
            let caps = Caps(numbers: 2)
            try store.apply([.putNumber(number(1))], profile: "sandbox")
            try store.begin(intent("intent_1", "livekit +14155550002"), caps: caps)
            #expect(throws: SwitchboardError.self) {
                try store.begin(intent("intent_2", "livekit +14155550003"), caps: caps)
            }
            try store.settle("intent_1", .failed(SwitchboardError(.taken, "gone")), changes: [])
            try store.begin(intent("intent_2", "livekit +14155550003"), caps: caps)
            try store.settle("intent_2", .done([]), changes: [.putNumber(number(3))])
            #expect(try store.numbers(profile: "sandbox").map(\.id) == ["phone_1", "phone_3"])
            #expect(try store.intents(run: "run_1").map { $0.0.id } == ["intent_1", "intent_2"])
        }
    }

    @Test(arguments: kinds) func oneSubjectHasOneOpenIntentThatIsSettledOnce(_ kind: String) throws {
        try with(kind) { store in
            try store.begin(intent("intent_1", "a"), caps: Caps(), keeping: ["k": Secret("pass")])
            #expect(try store.keptSecret("k", intent: "intent_1") == Secret("pass"))
            for (id, subject) in [("intent_2", "a"), ("intent_1", "b")] {
                #expect(throws: SwitchboardError.self) { try store.begin(intent(id, subject), caps: Caps()) }
            }
            #expect(try store.adoptAbandonedIntents(profile: "sandbox").isEmpty == false)
            #expect(try store.openIntents().map(\.session) == [store.session])
            try store.settle("intent_1", .done([]), changes: [])
            #expect(try store.keptSecret("k", intent: "intent_1") == nil)
            #expect(throws: SwitchboardError.self) { try store.settle("intent_1", .done([]), changes: []) }
            #expect(try store.openIntents().isEmpty)
        }
    }

    /// A number that is bought and registered on a trunk at one time would be one row of the two.
    @Test(arguments: kinds) func oneNumberIsObtainedFromOnePlaceAtATime(_ kind: String) throws {
        try with(kind) { store in
            let number = "+14155550102"
            try store.begin(intent("intent_1", "livekit \(number)"), caps: Caps())
            let error = #expect(throws: SwitchboardError.self) {
                try store.begin(intent("intent_2", "byoc \(number)"), caps: Caps())
            }
            #expect(error?.code == .conflict)
            try store.begin(intent("intent_3", "binding \(number)", slots: .init()), caps: Caps())
            try store.begin(intent("intent_4", "byoc \(number)", profile: "other"), caps: Caps())
            try store.begin(intent("intent_5", "byoc +14155550103"), caps: Caps())
            try store.settle("intent_1", .done([]), changes: [])
            try store.begin(intent("intent_2", "twilio \(number)"), caps: Caps())
        }
    }

    @Test(arguments: kinds) func claimsAreOnesOwn(_ kind: String) throws {
        try with(kind) { store in
            func claim(_ numbers: [Int], _ holder: String) throws -> [E164] {
                try store.claim(
                    numbers.map(e164), count: 2, provider: "livekit", profile: "p", holder: holder, until: start + 600,
                    now: start)
            }
            try store.apply([.putNumber(number(4))], profile: "p")
            try store.begin(intent("intent_1", "livekit +14155550005"), caps: Caps())
            #expect(try claim([1, 1, 2], "a") == [e164(1), e164(2)])
            #expect(try claim([1, 2, 3, 4, 5], "b") == [e164(3)])
            try store.unclaim([e164(1)], provider: "livekit", profile: "p", holder: "b")
            #expect(try claim([1], "b").isEmpty)
            try store.unclaim([e164(1)], provider: "livekit", profile: "p", holder: "a")
            #expect(try claim([1], "b") == [e164(1)])
        }
    }

    @Test(arguments: kinds) func changesAreMadeAllOrNone(_ kind: String) throws {
        try with(kind) { store in
            try store.apply([.putAgent(agent("a", "x")), .putTrunk(trunk("t"))], profile: "p")
            #expect(throws: SwitchboardError.self) {
                try store.apply([.removeTrunk("t"), .putAgent(agent("b", "x"))], profile: "p")
            }
            #expect(try store.trunks(profile: "p").map(\.id) == ["t"])
            #expect(try store.agents(profile: "p").map(\.id) == ["a"])
            #expect(try store.agents(profile: "q").isEmpty)
        }
    }

    /// Two processes that make one trunk at a time each find that the ledger has no row for it.
    @Test(arguments: kinds) func aTrunkOfThePlatformHasOneRow(_ kind: String) throws {
        try with(kind) { store in
            func row(_ id: String, _ inbound: String?, _ outbound: String? = nil) -> LedgerChange {
                var row = trunk(id)
                (row.inboundTrunkID, row.outboundTrunkID) = (inbound, outbound)
                return .putTrunk(row)
            }
            try store.apply([row("a", "ST_1"), row("b", "ST_1"), row("c", nil, "ST_2")], profile: "p")
            #expect(try store.trunks(profile: "p").map(\.id) == ["a", "c"])
            try store.apply([row("a", "ST_1", "ST_3"), row("d", "ST_4", "ST_3")], profile: "p")
            #expect(try store.trunks(profile: "p").map(\.outboundTrunkID) == ["ST_3", "ST_2"])
            try store.apply([.removeTrunk("c"), row("a", "ST_1", "ST_2")], profile: "p")
            #expect(try store.trunks(profile: "p").map(\.outboundTrunkID) == ["ST_2"])
            try store.apply([row("b", "ST_1")], profile: "q")
            #expect(try store.trunks(profile: "q").map(\.id) == ["b"])
        }
    }

    @Test(arguments: kinds) func profilesRunsAndSecretsAreKept(_ kind: String) throws {
        try with(kind) { store in
            let key = SecretKey(provider: "livekit", setting: "api_secret")
            try store.save(ProfileRecord(name: "acme", createdAt: start), secrets: [key: Secret("s")])
            try store.save(ProfileRecord(name: "acme", createdAt: start), secrets: [:])
            _ = try store.setNamedSecret("n", to: Secret("t"), profile: "acme")
            #expect(try store.secret(key, profile: "acme") == Secret("s"))
            #expect(try store.namedSecret("n", profile: "acme") == Secret("t"))
            #expect(try store.namedSecrets(profile: "acme").map(\.name) == ["n"])
            try store.removeProfile("acme")
            #expect(try store.profiles().isEmpty && store.namedSecret("n", profile: "acme") == nil)
            try store.begin(RunRecord(id: "run_1", session: "", profile: "p", script: "s", startedAt: start))
            try store.end(run: "run_1", status: .failed, at: start + 1)
            #expect(try store.runs(limit: 5).map(\.status) == [.failed])
            #expect(throws: SwitchboardError.self) { try store.end(run: "run_2", status: .failed, at: start) }
        }
    }
}
