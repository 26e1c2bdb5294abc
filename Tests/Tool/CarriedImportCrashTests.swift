import Glibc
import SwitchboardTestKit
import Testing

/// The process dies at a step of an import from a Twilio account, or of the removal that takes it back; the same again
/// ends as it should.
@Suite struct CarriedImportCrashTests {
    struct Death: Sendable, CustomTestStringConvertible {
        var step: String
        var kind: String
        var testDescription: String { "\(kind) at \(step)" }

        static func all(_ kinds: [String]) -> [Death] {
            kinds.flatMap { kind in ["intentWritten", "performed"].map { Death(step: $0, kind: kind) } }
        }
    }

    private static let row =
        "import +13125550201 --source twilio --account \(CarriedImportTests.one) --label kept --agent support"

    private func prepare(_ place: Place) async throws {
        try await CarriedImportTests.seed(place, ["+13125550201"])
        let name = "twilio-\(CarriedImportTests.one)"
        #expect(try await place.run("-c", "secret set \(name) --stdin", input: "customer-token").status == 0)
        #expect(try await place.run("-c", "agent add support").status == 0)
    }

    /// As a row of a run that is resumed.
    @Test(
        arguments: Death.all([
            "take-in-number", "carrier-trunk", "carrier-origination", "carrier-credential-list", "carrier-credential",
            "carrier-credential-use", "list-number", "carrier-attach", "bind-agent",
        ]))
    func theRunThatGoesOnFinishesWhatDied(_ death: Death) async throws {
        try await Place.with { place in
            try await prepare(place)
            try await die(
                death, "[{e164: +13125550201}] | \(Self.row.replacing(" +13125550201", with: "")) --parallel 2", place)
            let rest = try await place.run("resume", "last")
            #expect(rest.status == 0, "\(rest.errorText)")
            let account = try #require(await place.sandbox(of: "twilio").twilioTruth().account(2))
            #expect(account.attached == ["+13125550201"] && account.trunks.count == 1)
            let truth = try await place.sandbox().truth()
            #expect(truth.inbound_trunks.map(\.numbers) == [["+13125550201"]] && truth.dispatch_rules.count == 1)
            #expect(try await place.list().map(\.status) == ["active"])
            let drift = try await place.run("-c", "drift; verify")
            #expect(drift.status == 0, "\(drift.outputText)\(drift.errorText)")
        }
    }

    private func die(_ death: Death, _ statement: String, _ place: Place) async throws {
        let victim = try await place.run(
            program: [Programs.doorVictim, place.state, Programs.sandbox, death.step, death.kind, statement])
        #expect(victim.status == 128 + SIGKILL, "\(victim.errorText)")
        #expect(try await place.openIntents() == 1)
        _ = try await place.remarksOfAStart()
        #expect(try await place.openIntents() == 0)
    }

    @Test(
        arguments: Death.all([
            "take-in-number", "carrier-trunk", "carrier-origination", "carrier-credential-list", "carrier-credential",
            "carrier-credential-use", "list-number", "carrier-attach", "bind-agent",
        ]))
    func theSameImportAgainFinishesWhatDied(_ death: Death) async throws {
        try await Place.with { place in
            try await prepare(place)
            try await die(death, Self.row, place)
            let again = try await place.run("-c", Self.row)
            #expect(again.status == 0, "\(again.errorText)")
            let held = try await place.list()
            #expect(held.map(\.e164) == ["+13125550201"] && held[0].label == "kept" && held[0].agent_id != nil)
            let account = try #require(await place.sandbox(of: "twilio").twilioTruth().account(2))
            #expect(account.attached == ["+13125550201"] && account.trunks.count == 1)
            #expect(account.originations.count == 1 && account.credential_lists.count == 1)
            let truth = try await place.sandbox().truth()
            #expect(truth.inbound_trunks.count == 1 && truth.outbound_trunks.count == 1)
            #expect(truth.outbound_trunks[0].auth_password == account.credential_lists[0].credentials[0].password)
            let drift = try await place.run("-c", "drift; verify")
            #expect(drift.status == 0, "\(drift.outputText)\(drift.errorText)")
        }
    }

    @Test(
        arguments: Death.all([
            "unbind-agent", "carrier-detach", "unlist-number", "carrier-credential-use-removal",
            "carrier-credential-list-removal", "carrier-origination-removal", "forget-number",
        ]))
    func theSameRemovalAgainFinishesWhatDied(_ death: Death) async throws {
        try await Place.with { place in
            try await prepare(place)
            #expect(try await place.run("-c", Self.row).status == 0)
            try await die(death, "remove +13125550201 --force", place)
            let again = try await place.run("-c", "remove +13125550201 --force")
            // Where it died behind the last step, nothing is left to remove.
            #expect(again.status == 0 || death.kind == "forget-number", "\(again.errorText)")
            #expect(try await place.list().isEmpty)
            let account = try #require(await place.sandbox(of: "twilio").twilioTruth().account(2))
            #expect(account.attached.isEmpty && account.originations.isEmpty && account.credential_lists.isEmpty)
            let truth = try await place.sandbox().truth()
            #expect(truth.trunks.isEmpty && truth.dispatch_rules.isEmpty)
            #expect(try await place.run("-c", "drift; verify").status == 0)
        }
    }
}
