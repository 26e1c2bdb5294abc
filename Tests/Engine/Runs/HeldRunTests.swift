import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Runs that are held to a plan: one run to a plan, and a new plan for a script that has changed.
@Suite struct HeldRunTests {
    private let place: Workspace

    init() throws {
        place = try Workspace()
        place.offer(0...9)
    }

    private static let one = "search fake | first | purchase --label 'one'"

    @Test func aPlanIsCarriedOutOnce() async throws {
        try place.change(Self.one)
        let plan = try #require(await place.planFile())
        #expect(await place.runFile(Self.one, within: plan).status == 0)
        let run = try #require(place.store.runs(limit: 1).first?.id)
        let again = await place.runFile(Self.one, within: plan)
        #expect(again.status == 2 && again.error?.code == .notPlanned)
        #expect(again.problem == "the plan is that of \(run), which has changed something")
        #expect(again.help == "make a new plan")
        #expect(place.carrier.purchases.count == 1)
        #expect(try place.store.runs(limit: 9).map(\.id) == [run])
        // What is planned anew is another plan, also where it says the same.
        let next = try #require(await place.planFile())
        #expect(await place.runFile(Self.one, within: next).status == 0)
        #expect(place.carrier.purchases.count == 2)
    }

    @Test func aRunThatHasChangedNothingLeavesItsPlan() async throws {
        try place.change(Self.one)
        let plan = try #require(await place.planFile())
        place.carrier.script(.purchase, .refused(403))
        #expect(await place.runFile(Self.one, within: plan).status == 1)
        #expect(await place.runFile(Self.one, within: plan).status == 0)
    }

    @Test func aRunThatEndedEarlyIsThePlansOwn() async throws {
        let text = "\(Self.one)\n\(Self.one)"
        try place.change(text)
        let plan = try #require(await place.planFile())
        place.carrier.script(.purchase, .ok, .refused(403))
        #expect(await place.runFile(text, within: plan).status == 1)
        let run = try #require(place.store.runs(limit: 1).first?.id)
        let again = await place.runFile(text, within: plan)
        #expect(again.status == 2 && again.help.hasPrefix("go on with that run: resume \(run)"), "\(again.help)")
        #expect(await place.run("resume last").status == 0)
        #expect(place.carrier.purchases.count == 2)
    }

    @Test func aChangedScriptGoesOnWithAPlanOfItsOwn() async throws {
        let text = "\(Self.one)\nsearch fake | first | purchase --label 'two'"
        try place.change(text)
        let plan = try #require(await place.planFile())
        place.carrier.script(.purchase, .ok, .refused(403))
        #expect(await place.runFile(text, within: plan).status == 1)
        let run = try #require(place.store.runs(limit: 1).first?.id)
        try place.change(text.replacing("two", with: "three"))
        let refused = await place.run("resume last --changed-ok")
        #expect(refused.status == 2 && refused.error?.code == .notPlanned)
        #expect(refused.help.hasSuffix("resume \(run) --changed-ok --within PLAN"), "\(refused.help)")
        let next = try #require(await place.planFile())
        let resumed = await place.run(SourceText(name: "-c", text: "resume last --changed-ok"), within: next)
        #expect(resumed.status == 0, "\(resumed.problem)")
        #expect(try place.store.numbers(profile: "sandbox").compactMap(\.label).sorted() == ["one", "three"])
    }

    /// What was bought before counts against the new plan, so that it holds for the whole run.
    @Test func aNewPlanHoldsTheWholeRun() async throws {
        let text = "\(Self.one)\nsearch fake | first | purchase --label 'two'"
        #expect(await place.runFile(text, caps: Caps(numbers: 1)).status == 1)
        try place.change(text.replacing("two", with: "three"))
        var plan = try #require(await place.planFile())
        plan.permits[0].count = 1
        let resumed = await place.run(
            SourceText(name: "-c", text: "resume last --changed-ok"), caps: Caps(numbers: 99), within: plan)
        #expect(resumed.error?.code == .notPlanned)
        #expect(place.carrier.purchases.count == 1)
    }
}
