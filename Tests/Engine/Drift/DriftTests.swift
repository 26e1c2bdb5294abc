import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Where ledger and providers differ, and what takes it in.
@Suite struct DriftTests {
    private func owned(_ lastDigits: Int) -> OwnedNumber {
        OwnedNumber(
            provider: "fake", providerID: "FK_9\(lastDigits)", e164: e164(lastDigits), status: .active,
            countryCode: "US")
    }

    private let short = "drift | select .e164 .trunk .difference .field .ledger .actual"

    @Test func nothingDiffersAfterOrdinaryWork() async throws {
        let workspace = try await Workspace.after(
            "purchase +14155550100 --provider fake", "trunk create --name main --numbers +15105550100",
            "import +15105550101 --source byoc --trunk-id main")
        let outcome = await workspace.run("drift")
        #expect(outcome.status == 0, "\(outcome.shown)")
        #expect(outcome.shown == [.list([])])
    }

    @Test func aNumberThatOnlyTheAccountHasIsTakenIn() async throws {
        let workspace = try await Workspace.after("agent add support")
        workspace.carrier.hold(owned(0))
        workspace.carrier.hold(owned(1))
        let outcome = await workspace.run(short)
        #expect(outcome.status == 5)
        #expect(
            outcome.shown.first?.literalText.contains(
                "{e164: +14155550100, trunk: nothing, difference: 'missing_in_ledger'") == true, "\(outcome.shown)")

        let adopted = await workspace.run("adopt +14155550100 | select .e164 .source")
        #expect(adopted.shown.first?.literalText == "[{e164: +14155550100, source: 'fake'}]")
        #expect(await workspace.run("adopt").status == 0)
        #expect(workspace.numbers == ["+14155550100", "+14155550101"])
        #expect(await workspace.run("drift").status == 0)
        #expect(await workspace.run("adopt").notes == ["the ledger has every number of the accounts: unchanged"])
        #expect(workspace.carrier.purchases.isEmpty)
    }

    @Test func anAdoptedNumberHasTheAgentThatAnswersIt() async throws {
        let workspace = try await Workspace.after("agent add support")
        workspace.carrier.hold(owned(0))
        var rule = foreignRule("SDR_x", trunkIDs: ["FK_90"])
        rule.agents = [AgentTarget(dispatchName: "support")]
        workspace.carrier.hold(rule)
        #expect(await workspace.run("adopt").status == 0)
        let agents = try workspace.store.agents(profile: "sandbox")
        #expect(try workspace.number(e164(0))?.agentID == agents.first?.id)
        #expect(await workspace.run("verify").status == 0)
    }

    @Test func adoptionIsBoundByTheCapAndForgottenByAFailedTransaction() async throws {
        let workspace = try Workspace()
        workspace.carrier.hold(owned(0))
        workspace.carrier.hold(owned(1))
        let over = await workspace.run("adopt", caps: Caps(numbers: 1))
        #expect(over.error?.code == .paymentRequired)
        #expect(workspace.numbers == ["+14155550100"])
        let failed = await workspace.run("transaction { adopt | print; fail 'no' --code no }")
        #expect(failed.status == 1)
        #expect(workspace.numbers == ["+14155550100"])
        #expect(workspace.carrier.owned == [e164(0), e164(1)])
        #expect(await workspace.run("adopt +14155550105").error?.code == .notFound)
    }

    /// One row of the ledger cannot stand for two numbers: what the account is billed for is told until it is known.
    @Test func aNumberThatTheLedgerHasFromElsewhereIsNotPassedOver() async throws {
        let workspace = try await Workspace.after(
            "trunk create --name main --numbers +15105550100", "import +14155550101 --source byoc --trunk-id main")
        workspace.carrier.hold(owned(0))
        workspace.carrier.hold(owned(1))
        let outcome = await workspace.run("adopt")
        #expect(outcome.error?.code == .conflict, "\(outcome.notes)")
        #expect(outcome.error?.message.contains("+14155550101") == true)
        #expect(try workspace.number(e164(0))?.source.rawValue == "fake", "the others are taken in")
        #expect(try workspace.number(e164(1))?.source == .byoc)
        #expect(await workspace.run("drift").status == 5)
        _ = await workspace.run("remove +14155550101; adopt")
        #expect(try workspace.number(e164(1))?.source.rawValue == "fake")
    }

    /// An account that holds other people's numbers too is not told of unasked.
    @Test func anAccountThatIsNamedIsToldInFull() async throws {
        let workspace = try Workspace(plugins: [Plugin(provider: Reseller.self)])
        #expect(await workspace.run("drift").status == 0)
        #expect(await workspace.run("drift --provider reseller").status == 5)
        #expect(await workspace.run("adopt").notes == ["the ledger has every number of the accounts: unchanged"])
        let asked = await workspace.run("adopt +14155550107")
        #expect(asked.error?.code == .notFound && asked.error?.help?.contains("--provider") == true)
        #expect(await workspace.run("adopt +14155550107 --provider reseller").status == 0)
        #expect(await workspace.run("drift --provider reseller; drift").status == 0)
        #expect(try workspace.number(e164(7))?.source == .twilioPurchased)
    }

    @Test func whatIsGoneOrChangedAtTheProviderIsTold() async throws {
        let workspace = try await Workspace.after(
            "purchase --numbers [+14155550100 +14155550101] --provider fake",
            "trunk create --name main --numbers +15105550100", "import +15105550101 --source byoc --trunk-id main")
        workspace.carrier.takeAway(e164(0))
        var other = owned(1)
        other.status = .offline
        workspace.carrier.hold(other)
        workspace.carrier.takeAway(trunk: workspace.carrier.trunks.first?.id ?? "")
        let outcome = await workspace.run(short)
        #expect(outcome.status == 5)
        let text = outcome.shown.first?.literalText ?? ""
        for part in [
            "{e164: +14155550100, trunk: nothing, difference: 'missing_at_provider'",
            "{e164: +14155550101, trunk: nothing, difference: 'changed', field: 'status', ledger: 'active', "
                + "actual: 'offline'}",
            "field: 'provider_phone_number_id', ledger: 'FK_2', actual: 'FK_91'",
            "{e164: +15105550101, trunk: nothing, difference: 'changed', field: 'status', ledger: 'active', "
                + "actual: 'offline'}", "trunk: 'main', difference: 'missing_at_provider'",
        ] { #expect(text.contains(part), "\(part)\n\(text)") }
        #expect(workspace.numbers.count == 3)
    }

    @Test func aProviderThatCannotBeAskedHoldsUpNoOther() async throws {
        let workspace = try await Workspace.after("trunk create --name main --numbers +15105550100")
        workspace.carrier.takeAway(trunk: workspace.carrier.trunks.first?.id ?? "")
        workspace.carrier.script(.lookUp, .failed(500, hasHappened: false))
        let outcome = await workspace.run("drift")
        #expect(outcome.status == 1)
        #expect(outcome.error?.code == .unreachable)
        #expect(outcome.shown.first?.literalText.contains("trunk: 'main'") == true)
        #expect(outcome.notes.contains("fake: the carrier fails"))
    }

    @Test func aDifferenceNeverHidesFailedRows() async throws {
        let workspace = try Workspace()
        workspace.carrier.hold(owned(0))
        let outcome = await workspace.run("[1] | each n --on-error collect { fail 'no' } | count; drift | count")
        #expect(outcome.status == 3, "\(outcome.faults)")
        #expect(await workspace.run("drift | count; exit 70").status == 70)
        #expect(await workspace.run("drift | count; fail 'no'").status == 1)
    }

    // MARK: verify

    @Test func aBoundNumberThatItsRuleMissesIsToldWithTheReason() async throws {
        let workspace = try await Workspace.after(
            "agent add support", "purchase +14155550100 --provider fake | bind-agent support")
        let missing = await workspace.run("verify")
        #expect(missing.status == 5)
        let text = missing.shown.first?.literalText ?? ""
        #expect(text.contains("{e164: +14155550100, agent: 'support', outcome: 'rejected'"), "\(text)")
        #expect(text.contains("no dispatch rule"), "\(text)")

        var rule = foreignRule("SDR_x", trunkIDs: [try workspace.number(e164(0))?.providerID ?? ""])
        rule.agents = [AgentTarget(dispatchName: "other")]
        workspace.carrier.hold(rule)
        let wrong = await workspace.run("verify").shown.first?.literalText ?? ""
        #expect(wrong.contains("it sends other into the room"), "\(wrong)")
        rule.agents = [AgentTarget(dispatchName: "support")]
        workspace.carrier.hold(rule)
        let right = await workspace.run("verify")
        #expect(right.status == 0)
        #expect(right.shown == [.list([])])

        var asking = foreignRule("SDR_x", trunkIDs: rule.trunkIDs, pin: "1234")
        asking.agents = rule.agents
        workspace.carrier.hold(asking)
        let closed = await workspace.run("verify").shown.first?.literalText ?? ""
        #expect(closed.contains("it asks the caller for a PIN first"), "\(closed)")
    }
}

/// An account whose numbers are not all the workspace's.
private struct Reseller: NumberPurchasing {
    static let manifest = ProviderManifest(
        name: "reseller", displayName: "Reseller", summary: "numbers of several people", settings: [],
        capabilities: [.purchase: .yes("none"), .release: .yes("one")], idKinds: [], countries: ["US"],
        limits: RequestLimits(), idempotency: .none, settleTime: .seconds(5), purchaseSource: .twilioPurchased)

    private static let number = OwnedNumber(
        provider: "reseller", providerID: "RS_1", e164: e164(7), status: .active, countryCode: "US")

    init(context: ProviderContext) throws {}
    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { [Self.number] }
    func lookUp(_ number: E164) async throws -> OwnedNumber? { number == Self.number.e164 ? Self.number : nil }
    func purchase(_ number: E164, key: String) async throws -> OwnedNumber {
        throw SwitchboardError(.taken, "nothing is sold here")
    }
    func release(_ number: OwnedNumber, key: String) async throws {}
}
