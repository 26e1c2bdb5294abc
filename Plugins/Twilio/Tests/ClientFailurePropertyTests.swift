import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import TwilioProvider

/// Every change under every mishap: nothing happens unsaid, nothing happens twice, and what can be repeated is.
@Suite struct ClientFailurePropertyTests {
    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var before: @Sendable (inout ClientWorld.State) -> Void = { _ in }
        var perform: @Sendable (TwilioProvider) async throws -> Void
        var hasHappened: @Sendable (ClientWorld.State) -> Bool
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var change: Change
        var mishap: ClientWorld.Mishap
        var times: Int

        var testDescription: String { "\(change.testDescription), \(mishap) \(times == 1 ? "once" : "always")" }
    }

    static let changes: [Change] = {
        let number = CarrierNumber(id: numberSID, e164: ClientGoldenTests.number.e164, kind: .fullNumber)
        let owned = OwnedNumber(
            provider: "twilio", providerID: numberSID, e164: number.e164, status: .active, countryCode: "US")
        let list = "switchboard-lk"
        return [
            Change(
                testDescription: "purchase", before: { $0.holdsNumber = false },
                perform: { _ = try await $0.purchase(number.e164, key: "k") }, hasHappened: { $0.holdsNumber }),
            Change(
                testDescription: "release", perform: { try await $0.release(owned, key: "k") },
                hasHappened: { !$0.holdsNumber }),
            Change(
                testDescription: "attach", perform: { try await $0.attach(number, toTrunk: trunkSID, key: "k") },
                hasHappened: { $0.numberTrunk == trunkSID }),
            Change(
                testDescription: "detach", before: { $0.numberTrunk = trunkSID },
                perform: { try await $0.detach(number, fromTrunk: trunkSID, key: "k") },
                hasHappened: { $0.numberTrunk == nil }),
            Change(
                testDescription: "restore", before: { $0.numberTrunk = trunkSID },
                perform: { try await $0.restore(number, key: "k") }, hasHappened: { $0.numberTrunk == nil }),
            Change(
                testDescription: "make a trunk",
                perform: { _ = try await $0.makeSharedTrunk(to: sipHost, key: "k") },
                hasHappened: { $0.trunks.values.contains(trunkDomain) }),
            Change(
                testDescription: "delete a trunk", perform: { try await $0.deleteTrunk(trunkSID, key: "k") },
                hasHappened: { $0.trunks[trunkSID] == nil }),
            Change(
                testDescription: "make an origination URL",
                perform: { _ = try await $0.makeOriginationURL(sipURI, ofTrunk: trunkSID, key: "k") },
                hasHappened: { $0.urls.values.contains(sipURI) }),
            Change(
                testDescription: "enable an origination URL", before: { $0.urls[urlSID] = sipURI },
                perform: { _ = try await $0.makeOriginationURL(sipURI, ofTrunk: trunkSID, key: "k") },
                hasHappened: { $0.enabled.contains(urlSID) }),
            Change(
                testDescription: "delete an origination URL", before: { $0.urls[urlSID] = sipURI },
                perform: { try await $0.deleteOriginationURL(urlSID, ofTrunk: trunkSID, key: "k") },
                hasHappened: { $0.urls.isEmpty }),
            Change(
                testDescription: "make a credential list",
                perform: { _ = try await $0.makeCredentialList(named: list, key: "k") },
                hasHappened: { $0.lists.values.contains(list) }),
            Change(
                testDescription: "delete a credential list", before: { $0.lists[listSID] = list },
                perform: { try await $0.deleteCredentialList(listSID, key: "k") }, hasHappened: { $0.lists.isEmpty }),
            Change(
                testDescription: "make a credential",
                perform: {
                    try await $0.setCredential("sb", password: Secret("Abcdefgh1234"), inList: listSID, key: "k")
                },
                hasHappened: { $0.passwords["sb"] == "Abcdefgh1234" }),
            Change(
                testDescription: "set a password", before: { $0.passwords["sb"] = "old" },
                perform: {
                    try await $0.setCredential("sb", password: Secret("Abcdefgh1234"), inList: listSID, key: "k")
                },
                hasHappened: { $0.passwords["sb"] == "Abcdefgh1234" }),
            Change(
                testDescription: "attach a credential list",
                perform: { try await $0.attachCredentialList(listSID, toTrunk: trunkSID, key: "k") },
                hasHappened: { $0.attached.contains(listSID) }),
            Change(
                testDescription: "detach a credential list", before: { $0.attached = [listSID] },
                perform: { try await $0.detachCredentialList(listSID, fromTrunk: trunkSID, key: "k") },
                hasHappened: { $0.attached.isEmpty }),
            Change(
                testDescription: "set a voice URL",
                perform: { try await $0.setVoiceURL("https://a.example/twiml", of: number) },
                hasHappened: { $0.voiceURL == "https://a.example/twiml" }),
            Change(
                testDescription: "call into a conference",
                perform: { _ = try await $0.add(ProviderConferenceTests.call, toConference: conferenceSID) },
                hasHappened: { $0.participants["agent"] != nil }),
            Change(
                testDescription: "hang up", before: { $0.participants["agent"] = callSID },
                perform: { try await $0.hangUp(ProviderConferenceTests.agent) },
                hasHappened: { $0.participants.isEmpty }),
        ]
    }()

    static let cases = changes.flatMap { change in
        ClientWorld.Mishap.allCases.flatMap { mishap in
            [1, 99].map { Case(change: change, mishap: mishap, times: $0) }
        }
    }

    @Test(arguments: cases)
    func saysWhatMayHaveHappened(_ example: Case) async throws {
        var state = ClientWorld.State()
        example.change.before(&state)
        let world = ClientWorld(state, example.mishap, times: example.times)
        var thrown: SwitchboardError?
        do {
            try await example.change.perform(provider(world.transport))
        } catch let error as SwitchboardError { thrown = error }

        let hasHappened = example.change.hasHappened(world.state)
        #expect(world.state.made <= 1)
        #expect(!world.lines.contains { $0.hasPrefix("POST") && $0.contains("AreaCode") })
        if let thrown {
            if hasHappened { #expect(thrown.mayHaveHappened, "\(thrown)") }
            #expect(!(thrown.mayHaveHappened && example.mishap.isHarmless), "\(thrown)")
            #expect(thrown.provider == "twilio")
            #expect(thrown.attempts >= 1)
        } else {
            #expect(hasHappened)
        }
        // A fault that passes is outlived, unless it is found that the change has taken place.
        if example.times == 1, [.tooMany, .notSent, .failedBefore, .lostBefore].contains(example.mishap) {
            #expect(thrown == nil)
        }
    }

    /// A task that is cancelled ends at once and says whether its change may have taken place.
    @Test(arguments: changes)
    func endsWhenItIsCancelled(_ change: Change) async throws {
        var state = ClientWorld.State()
        change.before(&state)
        let world = ClientWorld(state, .refused, times: 0)
        let inner = world.transport
        let transport = ScriptedTransport { request in
            if request.method == "GET" { return try await inner.send(request) }
            do { try await Task.sleep(for: .seconds(60)) } catch { throw TransportFailure(.cancelled, "cancelled") }
            return .text(500, "late")
        }
        let task = Task { try await change.perform(provider(transport)) }
        while !transport.sent.contains(where: { $0.method != "GET" }) { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        let error = try await failure { try await task.value }
        #expect(error.code == .cancelled)
        #expect(error.mayHaveHappened)
    }
}
