import SwitchboardCore
import SwitchboardHTTP
import SwitchboardSandbox
import Testing
import TwilioSandbox

@testable import TwilioProvider

/// The provider and the emulator were made from the same contract; over a real connection they have to agree.
@Suite(.serialized) struct ProviderAgainstEmulatorTests {
    private static let master = "ACa0000000000000000000000000000001"
    private static let test = "ACa0000000000000000000000000000003"

    private func withAccount(
        _ sid: String = master, token: String = "master-token", seed: JSON? = nil,
        _ body: (TwilioProvider, _ fault: (String) throws -> Void) async throws -> Void
    ) async throws {
        let context = try EmulatorContext(emulator: "twilio")
        let emulator = try TwilioEmulator(context: context)
        if let seed { _ = try emulator.seed(seed) }
        let listener = try SandboxListener(emulator: emulator, context: context)
        let provider = try TwilioProvider(
            context: ProviderContext(
                profile: "sandbox",
                settings: ProviderSettings(
                    plain: ["url": listener.url, "account_sid": sid], secrets: ["auth_token": Secret(token)]),
                transport: CurlTransport()))
        try await body(provider) { _ = try context.faults.add(Fault(json: JSON(reading: $0))) }
    }

    private func buy(_ count: Int, from provider: TwilioProvider) async throws -> [OwnedNumber] {
        var bought: [OwnedNumber] = []
        for number in try await provider.search(NumberQuery(countryCode: "US", areaCode: "415", limit: count)) {
            bought.append(try await provider.purchase(number.e164, key: "k"))
        }
        return bought
    }

    @Test func searchesBuysListsAndReleases() async throws {
        try await withAccount { provider, _ in
            try await provider.tryCredentials()
            let bought = try await buy(3, from: provider)
            #expect(bought.count == 3)
            #expect(try await provider.ownedNumbers(OwnedNumberFilter()) == bought)
            let first = try #require(bought.first)
            #expect(try await provider.lookUp(first.e164) == first)
            let again = try await failure { _ = try await provider.purchase(first.e164, key: "other") }
            #expect(again.code == .alreadyOwned)
            try await provider.release(first, key: "k")
            #expect(try await provider.lookUp(first.e164) == nil)
            let twice = try await failure { try await provider.release(first, key: "k") }
            #expect(twice.code == .notFound)
        }
    }

    @Test func findsMoreThanTwilioShows() async throws {
        try await withAccount { provider, _ in
            let found = try await provider.search(NumberQuery(countryCode: "US", areaCode: "415", limit: 50))
            #expect(Set(found.map(\.e164)).count == 50)
        }
    }

    @Test func readsEveryPage() async throws {
        let numbers = (1000...2200).map { "+1415555\($0)" }
        try await withAccount(seed: ["numbers": .strings(numbers)]) { provider, _ in
            let owned = try await provider.ownedNumbers(OwnedNumberFilter())
            #expect(owned.map(\.e164.text) == numbers)
        }
    }

    @Test(arguments: [("+15005550000", ErrorCode.taken), ("+15005550001", .invalidArgument)])
    func magicNumbersAreRefused(number: String, expected: ErrorCode) async throws {
        try await withAccount(Self.test, token: "test-token") { provider, _ in
            let error = try await failure { _ = try await provider.purchase(e164(number), key: "k") }
            #expect(error.code == expected)
            #expect(error.requestID?.hasPrefix("RQ") == true)
        }
    }

    @Test func wrongCredentialsAreRefused() async throws {
        for (sid, token) in [(Self.master, "wrong"), ("ACa0000000000000000000000000000009", "master-token")] {
            try await withAccount(sid, token: token) { provider, _ in
                let error = try await failure { try await provider.tryCredentials() }
                #expect(error.code == .unauthorized)
            }
        }
    }

    @Test func aLostAnswerIsSettledByAsking() async throws {
        try await withAccount { provider, fault in
            try fault(#"{"fault":"lost_answer","method":"CreateIncomingPhoneNumber","times":1}"#)
            let number = try #require(
                try await provider.search(NumberQuery(countryCode: "US", areaCode: "212", limit: 1)).first)
            let error = try await failure { _ = try await provider.purchase(number.e164, key: "k") }
            #expect(error.mayHaveHappened)
            #expect(try await provider.lookUp(number.e164)?.e164 == number.e164)
            #expect(try await provider.ownedNumbers(OwnedNumberFilter()).count == 1)
        }
    }

    @Test func tooManyRequestsAreWaitedOut() async throws {
        try await withAccount { provider, fault in
            try fault(#"{"fault":"rate_limited","method":"CreateIncomingPhoneNumber","times":2}"#)
            #expect(try await buy(1, from: provider).count == 1)
        }
    }

    // MARK: An import, step by step, each step twice

    private static let callers: JSON = ["numbers": ["+14155551234"], "caller_ids": ["+12025550142"]]

    @Test func knowsWhatTheAccountHolds() async throws {
        try await withAccount(seed: Self.callers) { provider, _ in
            let all = try await provider.holdings()
            #expect(all.map(\.e164.text) == ["+12025550142", "+14155551234"])
            #expect(all.map(\.kind) == [.verifiedCallerID, .fullNumber])
            for holding in all { #expect(try await provider.holding(of: holding.e164) == holding) }
            #expect(try await provider.holding(of: e164("+14155550199")) == nil)
        }
    }

    @Test func leadsANumberToAHostAndBack() async throws {
        try await withAccount(seed: Self.callers) { provider, _ in
            let number = try #require(try await provider.holding(of: e164("+14155551234")))
            #expect(try await provider.sharedTrunk(to: sipHost) == nil)
            let trunk = try await provider.makeSharedTrunk(to: sipHost, key: "k")
            #expect(try await provider.makeSharedTrunk(to: sipHost, key: "k") == trunk)
            #expect(try await provider.sharedTrunk(to: sipHost) == trunk)

            let url = try await provider.makeOriginationURL(sipURI, ofTrunk: trunk.id, key: "k")
            #expect(try await provider.makeOriginationURL(sipURI, ofTrunk: trunk.id, key: "k") == url)
            #expect(try await provider.originationURLs(ofTrunk: trunk.id) == [url])

            let list = try await provider.makeCredentialList(named: "switchboard-lk", key: "k")
            #expect(try await provider.makeCredentialList(named: "switchboard-lk", key: "k") == list)
            for password in ["Zq7+harbour Lamp2", "Abcdefgh1234"] {
                try await provider.setCredential("sb-lk", password: Secret(password), inList: list.id, key: "k")
            }
            #expect(try await provider.hasCredential("sb-lk", inList: list.id))
            for _ in 1...2 { try await provider.attachCredentialList(list.id, toTrunk: trunk.id, key: "k") }
            #expect(try await provider.isCredentialList(list.id, attachedToTrunk: trunk.id))

            for _ in 1...2 { try await provider.attach(number, toTrunk: trunk.id, key: "k") }
            #expect(try await provider.holding(of: number.e164)?.route == .trunk(trunk.id))
            #expect(try await provider.numbers(ofTrunk: trunk.id) == [number.e164])
            #expect(try await provider.lookUp(number.e164)?.status == .active)

            let inUse = try await failure { try await provider.deleteCredentialList(list.id, key: "k") }
            #expect(inUse.code == .conflict)

            for _ in 1...2 { try await provider.detach(number, fromTrunk: trunk.id, key: "k") }
            try await provider.restore(number, key: "k")
            #expect(try await provider.holding(of: number.e164) == number)
            for _ in 1...2 { try await provider.detachCredentialList(list.id, fromTrunk: trunk.id, key: "k") }
            for _ in 1...2 { try await provider.deleteCredentialList(list.id, key: "k") }
            #expect(try await provider.credentialList(named: "switchboard-lk") == nil)
            for _ in 1...2 { try await provider.deleteOriginationURL(url.id, ofTrunk: trunk.id, key: "k") }
            for _ in 1...2 { try await provider.deleteTrunk(trunk.id, key: "k") }
            #expect(try await provider.sharedTrunk(to: sipHost) == nil)
            // The deleted trunk keeps its domain name.
            let next = try await provider.makeSharedTrunk(to: sipHost, key: "k")
            #expect(next.terminationHost?.hasSuffix("-2.pstn.twilio.com") == true)
        }
    }

    @Test func aWeakPasswordIsRefusedAndNotRepeated() async throws {
        try await withAccount { provider, _ in
            let list = try await provider.makeCredentialList(named: "x", key: "k")
            let error = try await failure {
                try await provider.setCredential("sb", password: Secret("short-word"), inList: list.id, key: "k")
            }
            #expect(error.code == .invalidArgument)
            #expect(!"\(error) \(error.cause ?? "")".contains("short-word"))
        }
    }

    @Test func everyStepWhoseAnswerIsLostIsFoundByItsRead() async throws {
        for operation in [
            "CreateTrunk", "CreateOriginationUrl", "CreateSipCredentialList", "CreateCredentialList",
            "CreatePhoneNumber",
        ] {
            try await withAccount(seed: Self.callers) { provider, fault in
                let number = try #require(try await provider.holding(of: e164("+14155551234")))
                try fault(#"{"fault":"lost_answer","method":"\#(operation)","times":1}"#)
                var lost: [SwitchboardError] = []
                func step<Thing>(_ make: () async throws -> Thing, _ read: () async throws -> Thing?) async throws
                    -> Thing
                {
                    do { return try await make() } catch let error as SwitchboardError {
                        lost.append(error)
                        return try #require(try await read())
                    }
                }
                let trunk = try await step({ try await provider.makeSharedTrunk(to: sipHost, key: "k") }) {
                    try await provider.sharedTrunk(to: sipHost)
                }
                _ = try await step({ try await provider.makeOriginationURL(sipURI, ofTrunk: trunk.id, key: "k") }) {
                    try await provider.originationURLs(ofTrunk: trunk.id).first
                }
                let list = try await step({ try await provider.makeCredentialList(named: "x", key: "k") }) {
                    try await provider.credentialList(named: "x")
                }
                try await step({ try await provider.attachCredentialList(list.id, toTrunk: trunk.id, key: "k") }) {
                    try await provider.isCredentialList(list.id, attachedToTrunk: trunk.id) ? () : nil
                }
                try await step({ try await provider.attach(number, toTrunk: trunk.id, key: "k") }) {
                    try await provider.holding(of: number.e164)?.route == .trunk(trunk.id) ? () : nil
                }
                #expect(lost.count == 1, "\(operation)")
                let areOpen = lost.allSatisfy { $0.mayHaveHappened }
                #expect(areOpen)
            }
        }
    }
}
