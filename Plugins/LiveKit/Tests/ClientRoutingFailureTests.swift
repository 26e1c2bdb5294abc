import SwitchboardCore
import SwitchboardTestKit
import Synchronization
import Testing

@testable import LiveKitProvider

/// What each change of a trunk or a rule makes of an answer that is none, and of one that is lost.
@Suite struct ClientRoutingFailureTests {
    /// A change, with what LiveKit has before and after it.
    struct Change: Sendable, CustomTestStringConvertible {
        var name: String
        var method: String
        /// What there is, by the methods that read it; nil for nothing.
        var before: String?
        var after: String?
        var run: @Sendable (LiveKitAgentPlatform) async throws -> Void
        var testDescription: String { name }
    }

    private static let renamed = (
        inbound: Golden.trunk().replacing("twilio-main", with: "new"),
        outbound: Golden.outboundTrunk().replacing(#""name":"out""#, with: #""name":"new""#),
        rule: Golden.rule().replacing(#""name":"front-desk","#, with: #""name":"new","#)
    )

    private static func named(_ text: String, _ schema: RoutingSchema) throws -> (RoutingDocument, RoutingChange) {
        var change = RoutingChange(schema)
        try change.set("name", "new")
        return (try Golden.document(text, schema), change)
    }

    static let changes: [Change] = [
        Change(name: "create trunk", method: "CreateSIPInboundTrunk", after: Golden.trunk()) {
            _ = try await $0.create(Golden.newTrunk, key: "k")
        },
        Change(
            name: "update trunk", method: "UpdateSIPInboundTrunk", before: Golden.trunk(), after: renamed.inbound
        ) {
            let (trunk, change) = try named(Golden.trunk(), .inboundTrunk)
            _ = try await $0.update(SIPTrunk(trunk), by: change, key: "k")
        },
        Change(
            name: "replace trunk", method: "UpdateSIPOutboundTrunk", before: Golden.outboundTrunk(),
            after: renamed.outbound
        ) {
            _ = try await $0.replace(SIPTrunk(named(renamed.outbound, .outboundTrunk).0), key: "k")
        },
        Change(name: "delete trunk", method: "DeleteSIPTrunk", before: Golden.trunk()) {
            try await $0.deleteTrunk(id: "ST_4fGh7JkLmNpQ", key: "k")
        },
        Change(name: "create rule", method: "CreateSIPDispatchRule", after: Golden.rule()) {
            _ = try await $0.create(Golden.newRule, key: "k")
        },
        Change(name: "update rule", method: "UpdateSIPDispatchRule", before: Golden.rule(), after: renamed.rule) {
            let (rule, change) = try named(Golden.rule(), .dispatchRule)
            _ = try await $0.update(DispatchRule(rule), by: change, key: "k")
        },
        Change(name: "replace rule", method: "UpdateSIPDispatchRule", before: Golden.rule(), after: renamed.rule) {
            _ = try await $0.replace(DispatchRule(named(renamed.rule, .dispatchRule).0), key: "k")
        },
        Change(name: "delete rule", method: "DeleteSIPDispatchRule", before: Golden.rule()) {
            try await $0.deleteDispatchRule(id: "SDR_9aBcDeFgHjKm", key: "k")
        },
    ]

    /// A LiveKit that has one thing, and answers the change in a way of its own.
    private func platform(
        _ change: Change, _ result: Result<HTTPAnswer, TransportFailure>, happens: Bool
    ) throws -> (LiveKitAgentPlatform, ScriptedTransport) {
        let there = Mutex(change.before)
        let transport = ScriptedTransport { request in
            if request.operation == change.method {
                if happens { there.withLock { $0 = change.after } }
                return try result.get()
            }
            let isOutbound = request.operation.contains("Outbound")
            let thing = there.withLock(\.self).flatMap { $0.contains("acme.pstn") == isOutbound ? $0 : nil }
            if request.operation.hasPrefix("List") { return .json(200, #"{"items":[\#(thing ?? "null")]}"#) }
            return thing.map { .json(200, #"{"trunk":\#($0)}"#) } ?? .json(404, #"{"code":"not_found","msg":"none"}"#)
        }
        return (try LiveKitAgentPlatform(context: context(transport)), transport)
    }

    static let refusals: [(HTTPAnswer, ErrorCode)] = [
        (.json(401, #"{"code":"unauthenticated","msg":"permissions denied"}"#), .unauthorized),
        (.text(401, "invalid API key"), .unauthorized),
        (.json(403, #"{"code":"permission_denied","msg":"no"}"#), .unauthorized),
        (.json(404, #"{"code":"not_found","msg":"requested sip trunk does not exist"}"#), .notFound),
        (.json(404, #"{"code":"bad_route","msg":"no handler for path"}"#), .unsupported),
        (.text(404, "404 page not found"), .unsupported),
        (.json(400, #"{"code":"malformed","msg":"the json request could not be decoded"}"#), .invalidArgument),
        (.json(429, #"{"code":"resource_exhausted","msg":"api rate limit exceeded"}"#), .rateLimited),
    ]

    @Test(arguments: changes) func neverHappensWhereItIsRefused(change: Change) async throws {
        for (answer, code) in Self.refusals {
            let (platform, transport) = try platform(change, .success(answer), happens: false)
            let error = try await failure { try await change.run(platform) }
            #expect(error.code == code, "\(answer.status)")
            #expect(!error.mayHaveHappened)
            #expect(error.provider == "livekit")
            #expect(error.requestID == "k")
            #expect(transport.sent.last?.operation == change.method)
        }
    }

    static let open: [Result<HTTPAnswer, TransportFailure>] = [
        .success(.json(500, #"{"code":"internal","msg":"twirp error unknown: no"}"#)),
        .success(.text(503, "later")), .success(.text(200, "<html>")), .success(.json(200, "[]")),
        .failure(TransportFailure(.maybeSent, timedOut: true, "no answer in time")),
    ]

    @Test(arguments: changes) func saysThatItMayHaveHappenedWhereNobodyCanTell(change: Change) async throws {
        for result in Self.open {
            let (platform, _) = try platform(change, result, happens: false)
            let error = try await failure { try await change.run(platform) }
            #expect([.unreachable, .badAnswer].contains(error.code))
            #expect(error.mayHaveHappened)
            #expect(!error.isRetryable)
        }
    }

    @Test(arguments: changes) func readsThatALostAnswerWasACarriedOutChange(change: Change) async throws {
        for result in Self.open {
            let (platform, transport) = try platform(change, result, happens: true)
            try await change.run(platform)
            #expect(transport.sent.filter { $0.operation == change.method }.count == 1)
        }
    }

    /// Two outbound trunks may be alike, so one that is there need not be the one that was asked for.
    @Test func neverTakesAnotherOutboundTrunkForTheOneItMade() async throws {
        let lost = Change(
            name: "create", method: "CreateSIPOutboundTrunk", before: Golden.outboundTrunk(),
            after: Golden.outboundTrunk()
        ) { platform in
            var trunk = SIPTrunk(try Golden.document(Golden.outboundTrunk(), .outboundTrunk))
            trunk.id = ""
            _ = try await platform.create(trunk, key: "k")
        }
        for result in Self.open {
            let (platform, transport) = try platform(lost, result, happens: true)
            let error = try await failure { try await lost.run(platform) }
            #expect(error.mayHaveHappened)
            #expect(transport.sent.filter { $0.operation == lost.method }.count == 1)
        }
    }

    /// Rules that differ in nothing but their PIN stand beside each other.
    @Test func neverTakesARuleWithAnotherPINForTheOneItMade() async throws {
        let other = Golden.rule().replacing(#""pin":"""#, with: #""pin":"4711""#)
        let lost = Change(name: "create", method: "CreateSIPDispatchRule", before: other, after: other) {
            _ = try await $0.create(Golden.newRule, key: "k")
        }
        for result in Self.open {
            let (platform, _) = try platform(lost, result, happens: false)
            #expect(try await failure { try await lost.run(platform) }.mayHaveHappened)
        }
    }

    @Test func aSecondDeletionFindsTheWorkOfTheFirst() async throws {
        let answers = Mutex<[Result<HTTPAnswer, TransportFailure>]>([
            .failure(TransportFailure(.maybeSent, timedOut: true, "no answer in time")),
            .success(.json(404, #"{"code":"not_found","msg":"requested sip dispatch rule does not exist"}"#)),
        ])
        let looks = Mutex(0)
        let transport = ScriptedTransport { request in
            if request.operation == "DeleteSIPDispatchRule" { return try answers.withLock { $0.removeFirst() }.get() }
            // The first look still shows it, as a replica that lags behind does.
            let isLate = looks.withLock { looks in
                looks += 1
                return looks == 1
            }
            return .json(200, isLate ? #"{"items":[\#(Golden.rule())]}"# : #"{"items":[]}"#)
        }
        try await LiveKitAgentPlatform(context: context(transport)).deleteDispatchRule(id: "SDR_9aBcDeFgHjKm", key: "k")
        #expect(transport.sent.filter { $0.operation == "DeleteSIPDispatchRule" }.count == 2)
    }
}
