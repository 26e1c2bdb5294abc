import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// What becomes of money and of the ledger, whatever becomes of a purchase's answer.
@Suite struct DoorTests {
    private static let buy = "search fake | first | purchase --label desk"

    /// One purchase under one behaviour of the carrier.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var behaviours: [FakeCarrier.Behaviour]
        var status: Int32
        var code: ErrorCode?
        var bought: [Int]
        var journal: [String]
        var requests: Int
        var testDescription: String { name }

        init(
            _ name: String, _ behaviours: [FakeCarrier.Behaviour], status: Int32 = 0, code: ErrorCode? = nil,
            bought: [Int], journal: [String], requests: Int
        ) {
            (self.name, self.behaviours, self.status, self.code) = (name, behaviours, status, code)
            (self.bought, self.journal, self.requests) = (bought, journal, requests)
        }
    }

    static let cases = [
        Case("all goes well", [.ok], bought: [0], journal: ["purchase done"], requests: 1),
        Case(
            "answer lost behind the effect", [.lost(hasHappened: true)], bought: [0], journal: ["purchase done"],
            requests: 1),
        Case(
            "answer lost before the effect", [.lost(hasHappened: false)], bought: [0], journal: ["purchase done"],
            requests: 2),
        Case(
            "lost twice, then it goes well", [.lost(hasHappened: false), .lost(hasHappened: false)], bought: [0],
            journal: ["purchase done"], requests: 3),
        Case(
            "lost three times", [.lost(hasHappened: false), .lost(hasHappened: false), .lost(hasHappened: false)],
            status: 1, code: .unreachable, bought: [], journal: ["purchase failed"], requests: 3),
        Case(
            "it happens four seconds after the answer was lost", [.happensLater(.seconds(4))], bought: [0],
            journal: ["purchase done"], requests: 1),
        Case(
            "it happens while the second try is under way", [.lost(hasHappened: false), .happensLater(.seconds(2))],
            bought: [0], journal: ["purchase done"], requests: 2),
        Case(
            "a server error behind the effect", [.failed(500, hasHappened: true)], bought: [0],
            journal: ["purchase done"], requests: 1),
        Case(
            "a server error before the effect", [.failed(500, hasHappened: false)], bought: [0],
            journal: ["purchase done"], requests: 2),
        Case("an answer that makes no sense", [.garbage], bought: [0], journal: ["purchase done"], requests: 1),
        Case(
            "a refusal", [.refused(403)], status: 1, code: .conflict, bought: [], journal: ["purchase failed"],
            requests: 1),
        Case(
            "nothing was sent", [.notSent], status: 1, code: .unreachable, bought: [], journal: ["purchase failed"],
            requests: 1),
        Case(
            "taken, so the next candidate", [.taken], bought: [1], journal: ["purchase failed", "purchase done"],
            requests: 2),
        Case(
            "taken to the end of the search", [.taken, .taken, .taken], status: 1, code: .taken, bought: [],
            journal: ["purchase failed", "purchase failed", "purchase failed"], requests: 3),
        Case(
            "lost, and the repetition is refused though it happened", [.lost(hasHappened: false), .refusedBehind(409)],
            bought: [0], journal: ["purchase done"], requests: 2),
        Case(
            "lost, and the repetition is refused and it did not happen", [.lost(hasHappened: false), .refused(409)],
            status: 1, code: .conflict, bought: [], journal: ["purchase failed"], requests: 2),
    ]

    @Test(arguments: cases) func aPurchaseIsCarriedOutOnceAndTold(_ item: Case) async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        for behaviour in item.behaviours { workspace.carrier.script(.purchase, behaviour) }
        let outcome = await workspace.run(Self.buy)
        let bought = item.bought.map { e164($0) }
        #expect(workspace.carrier.purchases == bought)
        #expect(workspace.carrier.owned == bought)
        #expect(workspace.numbers == bought.map(\.text))
        #expect(try workspace.journal == item.journal)
        #expect(workspace.carrier.count(.purchase) == item.requests)
        #expect(outcome.status == item.status)
        #expect(outcome.error?.code == item.code)
        #expect(outcome.error?.mayHaveHappened ?? false == false)
        #expect(try workspace.store.openIntents().isEmpty)
        if let error = outcome.error { #expect(error.attempts == min(item.requests, error.code == .taken ? 1 : 3)) }
        #expect(try workspace.number(e164(item.bought.first ?? 9))?.label == (bought.isEmpty ? nil : "desk"))
    }

    @Test(arguments: [408, 502, 503, 504])
    func aGatewayThatGaveUpSaysNothingAboutTheServerBehindIt(status: Int) async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        workspace.carrier.script(.purchase, .failed(status, hasHappened: false))
        _ = await workspace.run(Self.buy)
        #expect(workspace.carrier.purchases == [e164(0)])
        #expect(workspace.clock.waits.reduce(.zero, +) >= .seconds(5))
    }

    @Test func everyAttemptHasTheSameKeyAndEveryPurchaseItsOwn() async throws {
        let workspace = try Workspace()
        workspace.offer(0...3)
        workspace.carrier.script(.purchase, .lost(hasHappened: false), .ok, .ok)
        _ = await workspace.run("for n in (search fake --limit 2) { $n | purchase }")
        let keys = workspace.carrier.log.filter { $0.call == .purchase }.compactMap(\.key)
        #expect(keys.count == 3)
        #expect(keys[0] == keys[1])
        #expect(keys[1] != keys[2])
    }

    @Test func noOtherNumberIsBoughtWhileOneIsInDoubt() async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        workspace.carrier.script(.purchase, .lost(hasHappened: true))
        workspace.carrier.script(.lookUp, .ok, .notSent)
        let outcome = await workspace.run(Self.buy)
        #expect(outcome.status == 6)
        #expect(outcome.error?.code == .unknownOutcome)
        #expect(outcome.error?.mayHaveHappened == true)
        #expect(workspace.carrier.log.filter { $0.call == .purchase }.map(\.number) == [e164(0)])
        #expect(workspace.numbers == [])
        #expect(try workspace.journal == ["purchase open"])
    }

    @Test func whatStayedUnknownIsSettledByTheNextProcess() async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        workspace.carrier.script(.purchase, .lost(hasHappened: true))
        workspace.carrier.script(.lookUp, .ok, .notSent)
        _ = await workspace.run(Self.buy)
        (workspace.store as? SQLiteStore)?.close()

        let next = try Workspace(folder: workspace.folder, clock: workspace.clock, carrier: workspace.carrier)
        next.carrier.script(.lookUp, .notSent)
        let still = await next.run("list | count")
        #expect(still.notes.contains { $0.hasPrefix("still unknown: buy +14155550100 at fake") })
        #expect(next.numbers == [])
        #expect(try next.store.openIntents().count == 1)

        let then = await next.run("list | count")
        #expect(then.shown == [.int(1)])
        #expect(then.notes.contains("it had happened, and the ledger knows it now: buy +14155550100 at fake"))
        #expect(try next.number(e164(0))?.label == "desk")
        #expect(next.carrier.purchases == [e164(0)])
        #expect(try next.store.openIntents().isEmpty)
    }

    @Test func whatDidNotHappenIsSettledTooAndLeavesItsSlot() async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        workspace.carrier.script(.purchase, .lost(hasHappened: false))
        workspace.carrier.script(.lookUp, .ok, .notSent)
        _ = await workspace.run(Self.buy, caps: Caps(numbers: 1))
        let blocked = await workspace.run("purchase +14155550101 --provider fake", caps: Caps(numbers: 1))
        #expect(blocked.status == 0)
        #expect(blocked.notes.contains("it had not happened: buy +14155550100 at fake"))
        #expect(workspace.carrier.purchases == [e164(1)])
        #expect(try workspace.journal == ["purchase failed", "purchase done"])
    }

    @Test func theOpenPurchaseKeepsItsSlot() async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        workspace.carrier.script(.purchase, .lost(hasHappened: true))
        workspace.carrier.script(.lookUp, .ok, .notSent, .notSent)
        _ = await workspace.run(Self.buy, caps: Caps(numbers: 1))
        let second = await workspace.run("purchase +14155550101 --provider fake", caps: Caps(numbers: 1))
        #expect(second.error?.code == .paymentRequired)
        #expect(workspace.carrier.purchases == [e164(0)])
    }

    @Test func aLedgerThatCannotBeWrittenLosesNothing() async throws {
        let workspace = try Workspace(wrap: { FailingStore($0, failing: [.settle]) })
        workspace.offer(0...2)
        let outcome = await workspace.run(Self.buy)
        #expect(outcome.status == 6)
        #expect(outcome.error?.code == .unknownOutcome)
        #expect(workspace.numbers == [])
        #expect(try workspace.journal == ["purchase open"])
        (workspace.store as? FailingStore)?.close()

        let next = try Workspace(folder: workspace.folder, clock: workspace.clock, carrier: workspace.carrier)
        _ = await next.run("list")
        #expect(next.numbers == [e164(0).text])
        #expect(next.carrier.purchases == [e164(0)])
        #expect(try next.journal == ["purchase done"])
    }

    @Test func withoutAnIntentOnTheDiskNothingIsAskedFor() async throws {
        let workspace = try Workspace(wrap: { FailingStore($0, failing: [.begin]) })
        workspace.offer(0...2)
        let outcome = await workspace.run(Self.buy)
        #expect(outcome.status == 1)
        #expect(outcome.error?.code == .storeUnavailable)
        #expect(workspace.carrier.count(.purchase) == 0)
    }

    @Test func anIntentThatNobodyCanReadStopsNoOtherWork() async throws {
        let workspace = try Workspace()
        let intent = Intent(
            id: "intent_broken", run: "run_x", session: "", profile: "sandbox", kind: "purchase", subject: "fake x",
            arguments: Array("{}".utf8), startedAt: workspace.clock.now)
        try workspace.store.begin(intent, caps: Caps())
        let outcome = await workspace.run("list | count")
        #expect(outcome.error == nil)
        #expect(outcome.status == 6, "the work is done, and somebody has to look at what is open")
        #expect(outcome.notes.contains { $0.hasPrefix("still unknown: purchase of fake x") })
    }

    @Test func aNumberOfTheAccountThatTheWorkspaceDoesNotKnowIsNotBought() async throws {
        let workspace = try Workspace()
        workspace.carrier.hold(
            OwnedNumber(provider: "fake", providerID: "FK_9", e164: e164(7), status: .active, countryCode: "US"))
        let outcome = await workspace.run("purchase +14155550107 --provider fake")
        #expect(outcome.error?.code == .alreadyOwned)
        #expect(outcome.status == 1)
        #expect(workspace.carrier.count(.purchase) == 0)
        #expect(try workspace.journal == [])
    }

    @Test func theSameAgainIsANoOpAndOtherwiseAFault() async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        _ = await workspace.run("purchase +14155550100 --provider fake --label desk")
        let again = await workspace.run("purchase +14155550100 --provider fake --label desk")
        #expect(again.status == 0)
        #expect(again.notes == ["+14155550100 is in the workspace already: unchanged"])
        let other = await workspace.run("purchase +14155550100 --provider fake --label night")
        #expect(other.error?.code == .alreadyOwned)
        #expect(workspace.carrier.purchases == [e164(0)])
    }

    @Test func aNumberThatTheAccountLostIsBoughtAnew() async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        _ = await workspace.run("purchase +14155550100 --provider fake")
        workspace.carrier.takeAway(e164(0))
        let get = await workspace.run("get +14155550100")
        #expect(get.notes.count == 1)
        workspace.carrier.offer([available(0)])
        let again = await workspace.run("purchase +14155550100 --provider fake")
        #expect(again.status == 0)
        #expect(workspace.carrier.owned == [e164(0)])
        #expect(try workspace.number(e164(0))?.status == .active)
    }
}
