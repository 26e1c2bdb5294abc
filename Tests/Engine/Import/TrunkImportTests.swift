import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Numbers of any carrier's, registered on a trunk and taken off it again.
@Suite struct TrunkImportTests {
    private static let main = "trunk create --name main --numbers +15105550100"
    private static let second = "import +15105550101 --source byoc --trunk-id main"
    private let number = E164("+15105550101")

    private func held(_ workspace: Workspace) throws -> WorkspaceNumber? { try number.flatMap(workspace.number) }

    @Test func theNumberComesOntoTheTrunksListAndIntoTheLedger() async throws {
        let workspace = try await Workspace.after(Self.main)
        let outcome = await workspace.run(Self.second + " --label night")
        #expect(outcome.status == 0, "\(outcome.faults)")
        let row = try #require(try workspace.rows.first)
        let held = try #require(try held(workspace))
        #expect(held.source == .byoc)
        #expect(held.capabilities == ["inbound", "outbound"])
        #expect(held.trunkID == row.id)
        #expect(held.label == "night")
        #expect(held.providerID == nil)
        #expect([held.areaCode, held.region] == ["510", "CA"])
        #expect(workspace.carrier.trunks.map(\.numbers) == [["+15105550100", "+15105550101"]])
        #expect(workspace.carrier.purchases.isEmpty)

        #expect(await workspace.run(Self.second).notes == ["+15105550101 is in the workspace already: unchanged"])
        #expect(workspace.carrier.count(.changeTrunk) == 1)
    }

    @Test(arguments: ["main", "trunk_", "ST_"])
    func theTrunkIsNamedByNameOrByAnyOfItsIDs(form: String) async throws {
        let workspace = try await Workspace.after(Self.main)
        let row = try #require(try workspace.rows.first)
        let name = ["main": "main", "trunk_": row.id, "ST_": row.inboundTrunkID ?? ""][form] ?? ""
        let outcome = await workspace.run("import +15105550101 --source byoc --trunk-id \(name)")
        #expect(outcome.status == 0, "\(outcome.faults)")
        #expect(try held(workspace)?.trunkID == row.id)
    }

    /// Taken off its trunk, or with its trunk gone, it is not "unchanged".
    @Test(arguments: [
        ("trunk update main --remove-numbers +15105550101", "the inbound trunk 'main'"),
        ("trunk delete main", "its trunk is there no more"),
    ])
    func aNumberThatItsTrunkCarriesNoMoreIsNoUnchangedOne(change: String, what: String) async throws {
        let workspace = try await Workspace.after(Self.main, Self.second, change)
        let outcome = await workspace.run(Self.second)
        #expect(outcome.status == 1)
        #expect(outcome.error?.code == .conflict, "\(outcome.problem)")
        #expect(outcome.error?.message.contains(what) == true, "\(outcome.problem)")
        #expect(outcome.help.contains("remove +15105550101, and import it again"))
    }

    @Test func whatTheImportPutOnTheListLeavesItAndNothingElseDoes() async throws {
        let workspace = try await Workspace.after(
            Self.main, Self.second, "import +15105550100 --source byoc --trunk-id main")
        #expect(await workspace.run("remove +15105550101").status == 0)
        #expect(await workspace.run("remove +15105550100").status == 0)
        #expect(workspace.numbers.isEmpty)
        #expect(workspace.carrier.trunks.map(\.numbers) == [["+15105550100"]])
        #expect(try workspace.rows.map(\.name) == ["main"])
    }

    /// Each of them sees the others on the list, and one of them is the last.
    @Test func numbersThatLeaveSideBySideNeverEmptyTheList() async throws {
        let workspace = try await Workspace.after(
            Self.main, "for n in [+15105550101 +15105550102] { import $n --source byoc --trunk-id main }",
            "trunk update main --remove-numbers [+15105550100]")
        let before = workspace.carrier.count(.changeTrunk)
        workspace.carrier.keepBack(.changeTrunk)
        async let outcome = workspace.run("[+15105550101 +15105550102] | remove --parallel 2 | count")
        while workspace.carrier.count(.changeTrunk) < before + 2 { try await Task.sleep(for: .milliseconds(1)) }
        workspace.carrier.letGo(.changeTrunk)
        let status = await outcome.status
        #expect(status == 0)
        #expect(workspace.carrier.trunks.allSatisfy { !$0.numbers.isEmpty })
        #expect(workspace.numbers.isEmpty)
    }

    @Test func theLastNumberStaysOnTheListSoThatTheTrunkNeverTakesEveryCall() async throws {
        let workspace = try await Workspace.after(
            Self.main, Self.second, "trunk update main --remove-numbers [+15105550100]")
        let outcome = await workspace.run("remove +15105550101")
        #expect(outcome.status == 0)
        #expect(outcome.notes.contains { $0.contains("stays on its trunk's list") })
        #expect(workspace.numbers.isEmpty)
        #expect(workspace.carrier.trunks.map(\.numbers) == [["+15105550101"]])
    }

    @Test func nobodyHereGivesItUp() async throws {
        let workspace = try await Workspace.after(Self.main, Self.second, "agent add support")
        let outcome = await workspace.run("release +15105550101")
        #expect(outcome.error?.code == .unsupported)
        #expect(outcome.help == "take it out of the workspace with: remove +15105550101")
        let pointed = await workspace.run("update +15105550101 --sip-dispatch-rule-id SDR_x")
        #expect(pointed.error?.code == .unsupported)
        _ = await workspace.run("bind-agent support --number +15105550101")
        #expect(await workspace.run("remove +15105550101").error?.code == .conflict)
        #expect(await workspace.run("remove +15105550101 --force").status == 0)
        #expect(workspace.carrier.count(.unbind) == 1)
        #expect(workspace.numbers.isEmpty)
    }

    @Test(arguments: ["", " --direction both --address acme.example"])
    func theTrunkOfAScriptThatImportsSaysTheSameAgain(flags: String) async throws {
        let script = "\(Self.main)\(flags)\n\(Self.second)"
        let workspace = try await Workspace.after(script)
        let (trunks, rows) = (workspace.carrier.trunks, try workspace.rows)
        let again = await workspace.run(script)
        #expect(again.status == 0, "\(again.faults)")
        #expect(workspace.carrier.trunks == trunks)
        #expect(try workspace.rows == rows)
        #expect(rows.count == 1)
        let other = await workspace.run("trunk create --name main --numbers +15105550109\(flags)")
        #expect(other.error?.code == .conflict)
    }

    // MARK: Trunks that do not fit

    @Test func aTrunkThatTakesEveryNumberIsLeftAsItIs() async throws {
        let workspace = try await Workspace.after(
            "trunk create --name all --catch-all --allowed-addresses [192.0.2.1]",
            "import +15105550101 --source byoc --trunk-id all")
        #expect(workspace.carrier.count(.changeTrunk) == 0)
        #expect(try held(workspace)?.isListedByImport == false)
        #expect(await workspace.run("remove +15105550101").status == 0)
        #expect(workspace.carrier.trunks.map(\.numbers) == [[]])
    }

    @Test func aNumberWhoseCallsComeInElsewhereIsRefused() async throws {
        let workspace = try await Workspace.after(
            Self.main, "trunk create --name other --numbers +15105550101",
            "trunk create --name all --catch-all --allowed-addresses [192.0.2.1]",
            "purchase +14155550100 --provider fake",
            "agent add support")
        workspace.carrier.hold(
            OwnedNumber(provider: "fake", providerID: "FK_9", e164: e164(9), status: .active, countryCode: "US"))
        for (number, trunk) in [("+15105550101", "main"), ("+15105550101", "all"), ("+14155550109", "all")] {
            let outcome = await workspace.run("import \(number) --source byoc --trunk-id \(trunk)")
            #expect(outcome.error?.code == .conflict, "\(number) \(trunk): \(outcome.problem)")
        }
        #expect(workspace.numbers == ["+14155550100"])
        #expect(workspace.carrier.count(.changeTrunk) == 0)
    }

    @Test func aTrunkOfAnotherKindAndOneForCallsOutAreToldApart() async throws {
        let workspace = try await Workspace.after(
            "agent add support",
            "trunk create --name out --address acme.example --numbers [+15105550100]")
        let bound = await workspace.run("import +15105550100 --source byoc --trunk-id out --agent support")
        #expect(bound.error?.fields.keys.sorted() == ["trunk_id"])
        #expect(workspace.numbers.isEmpty)
        #expect(await workspace.run("import +15105550101 --source byoc --trunk-id out").status == 0)
        #expect(workspace.carrier.trunks.map(\.numbers) == [["+15105550100", "+15105550101"]])
        let late = await workspace.run("bind-agent support --number +15105550101")
        #expect(late.error?.code == .conflict, "\(late.problem)")
        #expect(workspace.carrier.count(.bind) == 0)

        var row = try #require(try workspace.rows.first)
        row.kind = "twilio"
        try workspace.store.apply([.putTrunk(row)], profile: "sandbox")
        let other = await workspace.run("import +15105550102 --source byoc --trunk-id out")
        #expect(other.problem == "the trunk 'out' is for numbers of twilio, not of byoc")
    }

    @Test func aTrunkThatIsGoneAtThePlatformIsRefused() async throws {
        let workspace = try await Workspace.after(Self.main)
        workspace.carrier.takeAway(trunk: workspace.carrier.trunks.first?.id ?? "")
        let outcome = await workspace.run(Self.second)
        #expect(outcome.error?.code == .notFound)
        #expect(outcome.help.hasPrefix("take it out of the ledger with: trunk delete trunk_"))
        #expect(workspace.numbers.isEmpty)
    }

    // MARK: Failures

    @Test(arguments: [true, false])
    func aLostAnswerIsSettledByAsking(hasHappened: Bool) async throws {
        let workspace = try await Workspace.after(Self.main)
        workspace.carrier.script(.changeTrunk, .lost(hasHappened: hasHappened))
        #expect(await workspace.run(Self.second).status == 0)
        #expect(workspace.carrier.trunks.map(\.numbers) == [["+15105550100", "+15105550101"]])
        #expect(try held(workspace)?.isListedByImport == true)
        #expect(workspace.carrier.count(.changeTrunk) == (hasHappened ? 1 : 2))
    }

    @Test func aRefusalLeavesNothing() async throws {
        let workspace = try await Workspace.after(Self.main)
        workspace.carrier.script(.changeTrunk, .refused(400))
        #expect(await workspace.run(Self.second).status == 1)
        #expect(workspace.numbers.isEmpty)
        #expect(try workspace.journal.last == "register-number failed")
    }

    @Test func deletingTheTrunkSaysWhichNumbersStopWorking() async throws {
        let workspace = try await Workspace.after(
            "trunk create --name all --catch-all --allowed-addresses [192.0.2.1]",
            "import +15105550101 --source byoc --trunk-id all", "agent add support",
            "bind-agent support --number +15105550101")
        let outcome = await workspace.run("trunk delete all")
        #expect(outcome.notes.contains { $0.hasPrefix("+15105550101 stops working: it is registered on the trunk") })
        let held = try #require(try held(workspace))
        #expect(held.trunkID == nil)
        #expect(held.status == .offline)
        #expect(await workspace.run("drift").status == 0, "what the ledger itself has taken away is no difference")
        #expect(await workspace.run("bind-agent support --number +15105550101").status == 1)
        #expect(await workspace.run("remove +15105550101 --force").status == 0)
        #expect(workspace.numbers.isEmpty)
    }
}
