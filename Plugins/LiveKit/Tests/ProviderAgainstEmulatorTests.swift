import LiveKitSandbox
import SwitchboardCore
import SwitchboardHTTP
import SwitchboardSandbox
import Testing

@testable import LiveKitProvider

/// The provider and the emulator were made from the same contract; over a real connection they have to agree.
@Suite(.serialized) struct ProviderAgainstEmulatorTests {
    private func withProject(
        _ body: (LiveKitProvider, _ fault: (String) throws -> Void) async throws -> Void
    ) async throws {
        let emulator = try EmulatorContext(emulator: "livekit")
        let listener = try SandboxListener(emulator: LiveKitEmulator(context: emulator), context: emulator)
        let provider = try LiveKitProvider(
            context: ProviderContext(
                profile: "sandbox",
                settings: ProviderSettings(
                    plain: ["url": listener.url, "api_key": "devkey"], secrets: ["api_secret": Secret("secret")]),
                transport: CurlTransport()))
        try await body(provider) { json in
            _ = try emulator.faults.add(Fault(json: JSON(reading: json)))
        }
    }

    private func buy(_ count: Int, from provider: LiveKitProvider) async throws -> [OwnedNumber] {
        var bought: [OwnedNumber] = []
        for number in try await provider.search(NumberQuery(countryCode: "US", areaCode: "415", limit: count)) {
            bought.append(try await provider.purchase(number.e164, key: "buy/\(number.e164)"))
        }
        return bought
    }

    @Test func searchesBuysListsAndReleases() async throws {
        try await withProject { provider, _ in
            let bought = try await buy(3, from: provider)
            #expect(bought.map(\.status) == [.offline, .offline, .offline])
            #expect(try await provider.ownedNumbers(OwnedNumberFilter()) == bought)
            let first = try #require(bought.first)
            let again = try await failure { _ = try await provider.purchase(first.e164, key: "other") }
            #expect(again.code == .alreadyOwned)
            try await provider.release(first, key: "r1")
            #expect(try await provider.lookUp(first.e164) == nil)
            let gone = try await provider.ownedNumbers(OwnedNumberFilter(statuses: [.released]))
            #expect(gone.map(\.providerID) == [first.providerID])
        }
    }

    @Test(arguments: [false, true])
    func bindsMovesAndUnbinds(refusesUpdates: Bool) async throws {
        try await withProject { provider, fault in
            let bought = try await buy(3, from: provider)
            if refusesUpdates { try fault(#"{"fault":"refused_update","method":"UpdatePhoneNumber"}"#) }
            let platform = provider.agentPlatform
            let numbers = bought.map { RoutedNumber(e164: $0.e164, inboundID: $0.providerID) }
            let (front, night) = (AgentTarget(dispatchName: "front"), AgentTarget(dispatchName: "night", metadata: "x"))
            let first = try await platform.bind(numbers[0], to: front, key: "b0")
            #expect(try await platform.bind(numbers[1], to: front, key: "b1") == first)
            let second = try await platform.bind(numbers[2], to: night, key: "b2")
            #expect(try await platform.bind(numbers[0], to: night, key: "b3") == second)
            // The last number leaves the first rule, which goes with it.
            #expect(try await platform.bind(numbers[1], to: night, key: "b4") == second)
            #expect(try await provider.lookUp(numbers[1].e164)?.dispatchRuleIDs == [second.dispatchRuleID])
            let error = try await failure {
                _ = try await provider.assign(bought[0], toDispatchRule: first.dispatchRuleID, key: "a")
            }
            #expect(error.code == .notFound)
            // A rule that only this number had is given to the next agent.
            for number in numbers.dropFirst() { try await platform.unbind(number, key: "u/\(number.e164)") }
            let given = try await platform.bind(numbers[0], to: front, key: "b5")
            #expect(given == AgentBinding(dispatchRuleID: second.dispatchRuleID, agents: [front]))
            try await platform.unbind(numbers[0], key: "u")
            #expect(try await platform.binding(of: numbers[0]) == nil)
            #expect(
                try await provider.ownedNumbers(OwnedNumberFilter()).map(\.status) == [.offline, .offline, .offline])
        }
    }

    @Test func aLostAnswerLeavesOnePurchase() async throws {
        try await withProject { provider, fault in
            try fault(#"{"fault":"lost_answer","method":"PurchasePhoneNumber","times":1}"#)
            let number = try #require(try await provider.search(NumberQuery(countryCode: "US", limit: 1)).first?.e164)
            let error = try await failure { _ = try await provider.purchase(number, key: "k") }
            #expect(error.mayHaveHappened)
            #expect(try await provider.lookUp(number)?.e164 == number)
            #expect(try await provider.ownedNumbers(OwnedNumberFilter()).count == 1)
        }
    }
}
