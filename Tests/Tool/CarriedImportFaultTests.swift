import Switchboard
import SwitchboardTestKit
import Testing

/// Every request of an import from a Twilio account goes wrong, each in every way: what stays is whole, taken back, or
/// told of, and the same import again makes it whole.
@Suite struct CarriedImportFaultTests {
    private static let number = "+13125550201"
    private static let setUp = "secret set twilio-\(CarriedImportTests.one)"
    private static let statement =
        "import \(number) --source twilio --account \(CarriedImportTests.one) --agent support"

    private struct Case: Sendable, CustomTestStringConvertible {
        var kind: Strike.Kind
        var isLasting: Bool
        var testDescription: String { kind.rawValue + (isLasting ? ", from then on" : ", once") }
        static let all =
            Strike.Kind.allCases.map { Case(kind: $0, isLasting: false) }
            + [Strike.Kind.notSent, .lostAfter, .refused].map { Case(kind: $0, isLasting: true) }
    }

    /// What the emulators and the ledger have of the number.
    private struct End: Equatable, CustomStringConvertible {
        var isInLedger = false
        var isAttached = false
        var platformTrunks = 0
        var rules = 0
        var originations = 0
        var credentialLists = 0
        var openIntents = 0

        static let nothing = End()
        static let whole = End(
            isInLedger: true, isAttached: true, platformTrunks: 2, rules: 1, originations: 1, credentialLists: 1)

        var description: String {
            "ledger \(isInLedger), attached \(isAttached), trunks \(platformTrunks), rules \(rules), "
                + "originations \(originations), lists \(credentialLists), open \(openIntents)"
        }
    }

    private static func world() async throws -> Emulators {
        let world = try Emulators()
        try world.seed(
            "twilio", ["accounts": [["sid": .string(CarriedImportTests.one), "numbers": [.string(number)]]]])
        _ = try world.store.setNamedSecret(
            "twilio-\(CarriedImportTests.one)", to: Secret("customer-token"), profile: Profile.sandboxName)
        #expect(try await world.run("agent add support").report.exitStatus == 0)
        return world
    }

    private static func end(_ world: Emulators) throws -> End {
        let twilio = world.state(of: "twilio")["accounts"]?.elements ?? []
        let account = try #require(twilio.first { $0["sid"]?.text == CarriedImportTests.one })
        let livekit = world.state(of: "livekit")
        let trunks = account["trunks"]?.elements ?? []
        #expect(trunks.count <= 1)
        return End(
            isInLedger: try !world.store.numbers(profile: Profile.sandboxName).isEmpty,
            isAttached: account["numbers"]?.elements?.first?["trunk_sid"]?.text?.isEmpty == false,
            platformTrunks: ["inbound_trunks", "outbound_trunks"].map { livekit[$0]?.elements?.count ?? 0 }
                .reduce(0, +),
            rules: livekit["dispatch_rules"]?.elements?.count ?? 0,
            originations: trunks.flatMap { $0["origination_urls"]?.elements ?? [] }.count,
            credentialLists: account["credential_lists"]?.elements?.count ?? 0,
            openIntents: try world.store.openIntents().count)
    }

    @Test(arguments: Case.all) private func whatStaysIsWholeTakenBackOrToldOf(_ fault: Case) async throws {
        let first = try await Self.world()
        let counting = Strike()
        #expect(try await first.run(Self.statement, counting).report.exitStatus == 0)
        #expect(try Self.end(first) == .whole)
        await first.stop()
        try #require(counting.count > 20)

        for turn in 1...counting.count {
            let world = try await Self.world()
            let strike = Strike(fault.kind, turn: turn, isLasting: fault.isLasting)
            let run = try await world.run(Self.statement, strike)
            let (status, end) = (run.report.exitStatus, try Self.end(world))
            let words =
                "request \(turn) \(fault.testDescription): \(status), \(end), \(run.report.error?.message ?? "")"
            // A number that is here and cannot be bound stays, and the error says so.
            let isUnbound = run.report.error?.message.contains("is obtained, unbound") ?? false
            switch status {
            case 0: #expect(end == .whole, "\(words)")
            case 6: #expect(end.openIntents > 0 || !run.report.leftovers.isEmpty, "\(words)")
            case _ where isUnbound:
                #expect(end.isInLedger && end.isAttached && end.platformTrunks == 2, "\(words)")
            default: #expect(end == .nothing, "\(words)")
            }

            let again = try await world.run(Self.statement)
            #expect(again.report.exitStatus == 0, "\(words); again: \(again.report.error?.message ?? "")")
            #expect(try Self.end(world) == .whole, "\(words)")
            let drift = try await world.run("drift\nverify")
            #expect(drift.report.exitStatus == 0, "\(words); \(drift.shown)")
            await world.stop()
        }
    }

    /// Ctrl-C twice, at any request, also while what has failed is taken back: what stays is told of, and the run that goes
    /// on makes it whole.
    @Test(arguments: [nil, Strike.Kind.refused])
    private func whoEndsTheRunTwiceCanGoOnWithIt(_ fault: Strike.Kind?) async throws {
        let counting = Strike()
        let first = try await Self.world()
        #expect(try await first.run(Self.rows, counting).report.exitStatus == 0)
        await first.stop()
        let turns = fault == nil ? [0] : Array(1...counting.count)
        for turn in turns {
            for later in fault == nil ? 1...counting.count : 1...3 {
                let world = try await Self.world()
                let cancel = CancelToken()
                let strike = Strike(
                    fault, turn: turn,
                    before: (turn + later, { [CancelToken.Level.finish, .stop].forEach { cancel.cancel($0) } }))
                let run = try await world.run(Self.rows, strike, cancel: cancel)
                let words =
                    "\(fault?.rawValue ?? "") \(turn) + \(later): \(run.report.exitStatus), \(try Self.end(world)), \(run.notes)"
                let end = try Self.end(world)
                if run.report.exitStatus != 0 {
                    let todo = try await world.run("todo | count | print")
                    let isTold = todo.printed != ["0"]
                    #expect(isTold || end == .nothing || end == .whole, "\(words); todo \(todo.printed)")
                    let rest = try await world.run("resume last")
                    #expect(
                        rest.report.exitStatus == 0, "\(words); then \(rest.report.error?.message ?? "") \(rest.notes)")
                }
                #expect(try Self.end(world) == .whole, "\(words)")
                let drift = try await world.run("drift\nverify")
                #expect(drift.report.exitStatus == 0, "\(words); \(drift.shown)")
                await world.stop()
            }
        }
    }

    private static let rows =
        "[{e164: \(number)}] | \(statement.replacing(" \(number)", with: "")) --on-error collect | count"

    /// The run goes on instead, as after a crash, and ends as whole.
    @Test(arguments: Case.all.filter { $0.isLasting || $0.kind == .lostAfter })
    private func theRunThatGoesOnMakesItWhole(_ fault: Case) async throws {
        let counting = Strike()
        let first = try await Self.world()
        #expect(try await first.run(Self.rows, counting).report.exitStatus == 0)
        await first.stop()
        for turn in 1...counting.count {
            let world = try await Self.world()
            let run = try await world.run(Self.rows, Strike(fault.kind, turn: turn, isLasting: fault.isLasting))
            let words =
                "request \(turn) \(fault.testDescription): \(run.report.exitStatus), \(try Self.end(world)), \(run.notes)"
            if run.report.exitStatus != 0 {
                let rest = try await world.run("resume last")
                #expect(rest.report.exitStatus == 0, "\(words); then \(rest.report.error?.message ?? "") \(rest.notes)")
            }
            #expect(try Self.end(world) == .whole, "\(words)")
            let drift = try await world.run("drift\nverify")
            #expect(drift.report.exitStatus == 0, "\(words); \(drift.shown)")
            await world.stop()
        }
    }
}
