import FoundationEssentials
import SwitchboardCore
import SwitchboardStore
import Testing

@Suite struct LedgerTests {
    let folder: TemporaryFolder
    let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.open()
    }

    @Test func everythingComesBackAsItWas() throws {
        let caller = try number(7, label: "Zürich \"desk\"\n☎")
        try store.apply(
            [.putNumber(caller), .putAgent(agent("agent_1", "front")), .putTrunk(trunk("trunk_1"))], profile: "p")
        store.close()

        let again = try folder.open()
        #expect(try again.numbers(profile: "p") == [caller])
        #expect(try again.number(e164(7), profile: "p") == caller)
        #expect(try again.agents(profile: "p") == [agent("agent_1", "front")])
        #expect(try again.trunks(profile: "p") == [trunk("trunk_1")])
    }

    @Test func profilesAreWorkspacesOfTheirOwn() throws {
        try store.apply([.putNumber(number(1, label: "mine"))], profile: "a")
        try store.apply([.putNumber(number(1, label: "yours")), .putAgent(agent("agent_1", "front"))], profile: "b")
        #expect(try store.number(e164(1), profile: "a")?.label == "mine")
        #expect(try store.number(e164(1), profile: "b")?.label == "yours")
        #expect(try store.agents(profile: "a").isEmpty)
        try store.apply([.removeNumber(e164(1))], profile: "a")
        #expect(try store.numbers(profile: "a").isEmpty)
        #expect(try store.numbers(profile: "b").count == 1)
    }

    @Test func listsAreInOrder() throws {
        try store.apply(
            [
                .putNumber(number(20)), .putNumber(number(3)), .putNumber(number(100)),
                .putAgent(agent("agent_1", "zoe")), .putAgent(agent("agent_2", "abe")),
            ], profile: "p")
        #expect(try store.numbers(profile: "p").map(\.e164) == [e164(3), e164(20), e164(100)])
        #expect(try store.agents(profile: "p").map(\.name) == ["abe", "zoe"])
    }

    @Test(arguments: [
        ("+", 3, [1, 2, 3, 1200]), ("+14155550", 2, [1, 2, 12]), ("+141555500", 9, [1, 2, 3, 10, 12]),
        ("+141555512", 1, [1200]), ("+1212", 5, []), ("+14155551200", 5, [1200]), ("", 4, [1, 2, 3, 10, 1200]),
    ])
    func numbersAreFoundByTheirBeginning(beginning: String, limit: Int, found: [Int]) throws {
        let memory = MemoryStore()
        for store in [store as any Store, memory] {
            try store.apply([1, 2, 3, 10, 12, 1200].map { .putNumber(try number($0)) }, profile: "p")
            try store.apply([.putNumber(number(5))], profile: "q")
            let numbers = try store.numbers(profile: "p", beginning: beginning, limit: limit)
            #expect(try numbers.map(\.e164) == found.map { try e164($0) })
        }
        let copy = try MemoryStore(copying: store, profile: "q")
        #expect(try copy.numbers(profile: "p", beginning: beginning, limit: limit).count == found.count)
    }

    @Test(arguments: [
        ("55012", 5, [120]), ("0012", 5, [12]), ("415555", 2, [1, 2, 120]), ("front", 5, [2, 12]),
        ("DESK", 1, [2, 12]), ("%", 5, [120]), ("_", 5, []), ("\\", 5, []), ("no", 5, []), ("100 %", 5, [120]),
    ])
    func numbersAreFoundByAnyPartOfTheirDigitsAndByLabel(text: String, limit: Int, found: [Int]) throws {
        let numbers = [(1, nil), (2, "front desk"), (12, "Desk in Front"), (120, "100 % sure")].map { ($0.0, $0.1) }
        for store in [store as any Store, MemoryStore()] {
            try store.apply(numbers.map { .putNumber(try number($0.0, label: $0.1)) }, profile: "p")
            try store.apply([.putNumber(number(5, label: "front desk"))], profile: "q")
            let held = try store.numbers(profile: "p", holding: text, limit: limit)
            #expect(try held.map(\.e164) == found.map { try e164($0) })
        }
        let copy = try MemoryStore(copying: store, profile: "q")
        #expect(try copy.numbers(profile: "p", holding: text, limit: limit).count == found.count)
    }

    @Test func aLabelIsFoundAsItIsNowAlsoInAStoreOfBefore() throws {
        let folder = try TemporaryFolder()
        let before = try folder.open()
        try before.apply([.putNumber(number(1, label: "night")), .putNumber(number(2))], profile: "p")
        before.close()
        try folder.takeBack(to: 6)
        let store = try folder.open()
        #expect(try store.numbers(profile: "p", holding: "nig", limit: 9).map(\.e164) == [e164(1)])
        try store.apply(
            [.changeNumber(from: number(1, label: "night"), to: number(1, label: "day"))], profile: "p")
        #expect(try store.numbers(profile: "p", holding: "nig", limit: 9).isEmpty)
        #expect(try store.numbers(profile: "p", holding: "day", limit: 9).map(\.e164) == [e164(1)])
    }

    @Test func agentsHaveNames() throws {
        for store in [store as any Store, MemoryStore()] {
            try store.apply([.putAgent(agent("agent_1", "zoe")), .putAgent(agent("agent_2", "abe"))], profile: "p")
            let names = try store.agentNames(profile: "p")
            #expect(names == [AgentName(id: "agent_2", name: "abe"), AgentName(id: "agent_1", name: "zoe")])
        }
    }

    @Test func writingAgainReplacesAndRemovingWhatIsGoneChangesNothing() throws {
        try store.apply([.putNumber(number(1)), .putTrunk(trunk("trunk_1"))], profile: "p")
        try store.apply([.putNumber(number(1, label: "new"))], profile: "p")
        #expect(try store.numbers(profile: "p").map(\.label) == ["new"])
        let removals: [LedgerChange] = [.removeNumber(try e164(1)), .removeTrunk("trunk_1"), .removeAgent("agent_9")]
        try store.apply(removals, profile: "p")
        try store.apply(removals, profile: "p")
        #expect(try store.numbers(profile: "p").isEmpty && store.trunks(profile: "p").isEmpty)
    }

    @Test func aChangeKeepsWhatAnotherProcessHasChangedSince() throws {
        try store.apply([.putNumber(number(1))], profile: "p")
        let (mine, theirs) = (store, try folder.open())
        let before = try number(1)
        var (bound, labelled) = (before, before)
        bound.agentID = "agent_1"
        labelled.label = "desk"
        try theirs.apply([.changeNumber(from: before, to: bound)], profile: "p")
        try mine.apply([.changeNumber(from: before, to: labelled)], profile: "p")
        let now = try store.number(e164(1), profile: "p")
        #expect(now?.agentID == "agent_1")
        #expect(now?.label == "desk")

        try theirs.apply([.removeNumber(e164(1))], profile: "p")
        try mine.apply([.changeNumber(from: labelled, to: before)], profile: "p")
        #expect(try store.numbers(profile: "p").isEmpty, "what was given up does not come back")
    }

    @Test func aSecondAgentOfOneNameIsRefusedAndNothingOfTheBatchStays() throws {
        try store.apply([.putAgent(agent("agent_1", "front"))], profile: "p")
        let error = try failure {
            try store.apply([.putNumber(number(1)), .putAgent(agent("agent_2", "front"))], profile: "p")
        }
        #expect(error.code == .conflict)
        #expect(error.message == "there is another agent named 'front' already")
        #expect(try store.numbers(profile: "p").isEmpty)
        try store.apply([.removeAgent("agent_1"), .putAgent(agent("agent_2", "front"))], profile: "p")
        #expect(try store.agents(profile: "p").map(\.id) == ["agent_2"])
    }

    @Test func aClosedStoreRefuses() throws {
        store.close()
        store.close()
        #expect(try failure { _ = try store.numbers(profile: "p") }.code == .storeUnavailable)
        #expect(try failure { try store.apply([], profile: "p") }.message.hasSuffix("is closed"))
    }
}
