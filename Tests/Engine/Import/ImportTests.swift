import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// What an import leads to, whatever its source; money and data first.
@Suite struct ImportTests {
    private let main = "trunk create --name main --numbers +15105550100"
    private static let bought = "import +14155550100 --source fake --label desk --agent support"

    // MARK: Buying

    @Test func aBoughtNumberIsBoughtOnceAndBound() async throws {
        let workspace = try await Workspace.after("agent add support")
        let outcome = await workspace.run(Self.bought)
        #expect(outcome.status == 0, "\(outcome.faults)")
        #expect(outcome.shownField("source") == .string("fake"))
        #expect(outcome.shownField("label") == .string("desk"))
        #expect(workspace.carrier.purchases == [e164(0)])
        #expect(workspace.carrier.agents(of: e164(0)) == ["support"])

        let again = await workspace.run(Self.bought)
        #expect(again.status == 0)
        #expect(again.notes.contains { $0.hasSuffix("is bound to support already: unchanged") })
        let bare = await workspace.run("import +14155550100 --source fake")
        #expect(bare.notes == ["+14155550100 is in the workspace already: unchanged"])
        #expect(workspace.carrier.purchases == [e164(0)])
    }

    @Test(arguments: [
        ("--source fake --label other", "label", "label is 'desk'"),
        ("--source byoc --trunk-id main", "source", "source is fake"),
        ("--source fake --agent night", "agent_id", "agent is support"),
    ])
    func otherArgumentsAreAFaultAndChangeNothing(arguments: String, field: String, what: String) async throws {
        let workspace = try await Workspace.after("agent add support", "agent add night", main, Self.bought)
        let (numbers, trunks, calls) = (try workspace.number(e164(0)), workspace.carrier.trunks, workspace.carrier.log)
        let outcome = await workspace.run("import +14155550100 \(arguments)")
        #expect(outcome.status == 1)
        #expect(outcome.error?.code == .conflict)
        #expect(outcome.error?.fields == [field: what])
        #expect(try workspace.number(e164(0)) == numbers)
        #expect(workspace.carrier.trunks == trunks)
        #expect(workspace.carrier.log == calls)
    }

    @Test func aPurchaseWhoseAnswerIsLostIsNeverMadeTwice() async throws {
        let workspace = try await Workspace.after("agent add support")
        workspace.carrier.script(.purchase, .lost(hasHappened: true))
        #expect(await workspace.run(Self.bought).status == 0)
        #expect(workspace.carrier.purchases == [e164(0)])
        #expect(try workspace.number(e164(0))?.label == "desk")
    }

    @Test func aNumberThatTheAccountHoldsIsNoImport() async throws {
        let workspace = try Workspace()
        workspace.carrier.hold(
            OwnedNumber(provider: "fake", providerID: "FK_9", e164: e164(0), status: .active, countryCode: "US"))
        let outcome = await workspace.run("import +14155550100 --source fake")
        #expect(outcome.error?.code == .alreadyOwned)
        #expect(outcome.error?.fields.keys.sorted() == ["e164"])
        #expect(outcome.help.contains("adopt +14155550100"))
        #expect(workspace.carrier.purchases.isEmpty)
        #expect(workspace.numbers.isEmpty)
    }

    // MARK: Obtained, unbound

    @Test(arguments: ["+14155550100 --source fake", "+15105550101 --source byoc --trunk-id main"])
    func aNumberThatCannotBeBoundStaysAndSaysSo(row: String) async throws {
        let workspace = try await Workspace.after("agent add support", main)
        workspace.carrier.script(.bind, .refused(500))
        let number = String(row.prefix(12))
        let outcome = await workspace.run("import \(row) --agent support")
        #expect(outcome.status == 1)
        #expect(outcome.error?.message.hasPrefix("\(number) is obtained, unbound: ") == true, "\(outcome.problem)")
        #expect(outcome.help.contains("the same import again binds it to support"))
        #expect(workspace.carrier.count(.release) == 0)
        #expect(workspace.numbers == [number])

        let again = await workspace.run("import \(row) --agent support")
        #expect(again.status == 0, "\(again.faults)")
        #expect(again.shownField("agent_id")?.isNothing == false)
        #expect(workspace.carrier.purchases.count <= 1)
        #expect(workspace.carrier.count(.bind) == 2)
    }

    @Test func aBindingWhoseAnswerNobodyKnowsEndsWith6AndKeepsTheNumber() async throws {
        let workspace = try await Workspace.after("agent add support")
        workspace.carrier.script(.bind, .lost(hasHappened: true))
        workspace.carrier.script(.binding, .failed(500, hasHappened: false))
        let outcome = await workspace.run(Self.bought)
        #expect(outcome.status == 6)
        #expect(outcome.problem.contains("obtained, unbound"))
        #expect(workspace.numbers == ["+14155550100"])
        #expect(await workspace.run(Self.bought).status == 0)
        #expect(workspace.carrier.purchases.count == 1)
    }

    // MARK: Caps

    @Test func noRowSpendsMoneyOverTheCap() async throws {
        let workspace = try await Workspace.after(main)
        workspace.offer(5...9)
        let rows = (0...7).map { "{e164: +1415555010\($0), source: 'fake'}" }.joined(separator: " ")
        let outcome = await workspace.run(
            "[\(rows)] | import --parallel 8 --on-error collect | group-by .error_code", caps: Caps(numbers: 3))
        #expect(outcome.status == 3, "\(outcome.faults)")
        #expect(workspace.carrier.purchases.count == 3)
        #expect(workspace.numbers.count == 3)
        let byoc = await workspace.run("import +15105550101 --source byoc --trunk-id main", caps: Caps(numbers: 3))
        #expect(byoc.error?.code == .paymentRequired)
        #expect(workspace.carrier.trunks.map(\.numbers) == [["+15105550100"]])
    }

    // MARK: Found at the check

    @Test(arguments: [
        ("import +15105550101 --source byoc", "C007", "an import by byoc needs --trunk-id"),
        ("import +14155550100 --source fake --trunk-id main", "C007", "an import by fake has no --trunk-id"),
        ("import +14155550100 --source fake --account acme", "C007", "an import by fake has no --account"),
        ("import +14155550100 --source twilio", "C022", ""),
        ("import +14155550100 --source twilio_purchased", "C022", ""),
        ("import +14155550100 --source acme", "C022", ""),
        ("import 415 --source fake", "C020", ""), ("import --source fake", "C004", ""),
        ("import +14155550100", "C004", ""), ("import +14155550100 --source fake --agent nobody", "C050", ""),
        (
            "import +14155550100 --source byoc --trunk-id trunk_01J8Z3K9QW8R4V2M6T0XBYCDEF", "C052",
            "no trunk 'trunk_01J8Z3K9QW8R4V2M6T0XBYCDEF' in profile 'sandbox'"
        ),
    ])
    func nothingHappensBeforeTheCheck(statement: String, code: String, message: String) async throws {
        let workspace = try Workspace()
        workspace.offer(0...4)
        let outcome = await workspace.run("agent add early\n\(statement)")
        #expect(outcome.status == 2, "\(outcome.problem)")
        #expect(outcome.faults.first?.hasPrefix("\(code): \(message)") == true, "\(outcome.faults)")
        #expect(try workspace.store.agents(profile: "sandbox").isEmpty)
        #expect(workspace.carrier.log.isEmpty)
    }

    @Test(arguments: [
        ("{e164: '415', source: 'fake'}", "e164"), ("{e164: '+14155550100', source: 'verified_caller_id'}", "source"),
        ("{e164: '+14155550100', source: 'acme'}", "source"), ("{e164: '+14155550100', source: 'twilio'}", "source"),
    ])
    func aCellThatNoParameterTakesIsFoundBeforeTheFirstRow(row: String, column: String) async throws {
        let workspace = try await Workspace.after(main)
        let rows = ["{e164: '+14155550101', source: 'fake'}", row].map { $0.replacing("'", with: "\"").quotedKeys }
        let path = try workspace.file("rows.jsonl", rows.joined(separator: "\n") + "\n")
        let outcome = await workspace.run("read \(path) | import")
        #expect(outcome.status == 2)
        #expect(outcome.faults.first?.contains("row 2, column '\(column)'") == true, "\(outcome.faults)")
        #expect(workspace.carrier.purchases.isEmpty)
        // Who collects failures has a failed row.
        let collected = await workspace.run(
            "read \(path) | import --on-error collect | where .result == 'failed' | count")
        #expect(collected.faults.isEmpty, "\(collected.faults)")
    }

    @Test(arguments: [
        ("{e164: '+14155550100', source: 'byoc'}", "trunk_id"),
        ("{e164: '+14155550100', source: 'byoc', trunk_id: 'none'}", "trunk_id"),
        ("{e164: '+14155550100', provider: 'fake', agent_id: 'nobody'}", "agent"),
        ("{e164: '+14155550100', type: 'fake', trunk_id: 'main'}", "trunk_id"),
    ])
    func aRowThatOnlyTheRunKnowsSaysWhichFieldIsWrong(row: String, field: String) async throws {
        let workspace = try await Workspace.after(main)
        let path = try workspace.file("rows.jsonl", row.replacing("'", with: "\"").quotedKeys + "\n")
        let outcome = await workspace.run("read \(path) | import")
        #expect(outcome.status == 1)
        #expect(outcome.error?.fields.keys.contains { $0.hasPrefix(field) } == true, "\(outcome.problem)")
        #expect(workspace.carrier.purchases.isEmpty)
        #expect(workspace.numbers.isEmpty)
        #expect(workspace.carrier.trunks.map(\.numbers) == [["+15105550100"]])
    }

    // MARK: Files

    @Test func aFileOfMixedRowsEndsAsItSaysAndTheSecondTimeChangesNothing() async throws {
        let workspace = try await Workspace.after("agent add support", "agent add night", main)
        let path = try workspace.file(
            "numbers.csv",
            """
            e164,source,label,trunk_id,agent_id
            +14155550100,fake,desk,,support
            +15105550101,byoc,,main,night
            +15105550102,byoc,two,main,support
            +14155550101,fake,,,

            """)
        let report = "\(workspace.folder)/report.csv"
        let script = "read \(path) | import --parallel 8 --on-error collect | report \(report)"
        let first = await workspace.run(script)
        #expect(first.status == 0, "\(first.faults)")
        #expect(first.notes.contains { $0.hasSuffix("report.csv: 4 succeeded") }, "\(first.notes)")
        #expect(workspace.carrier.purchases.sorted() == [e164(0), e164(1)])
        #expect(workspace.numbers.count == 4)
        #expect(
            workspace.carrier.trunks.map { $0.numbers.sorted() } == [["+15105550100", "+15105550101", "+15105550102"]])

        let (held, calls) = (try workspace.store.numbers(profile: "sandbox"), workspace.carrier.count(.bind))
        let second = await workspace.run(script)
        #expect(second.notes.contains { $0.hasSuffix("report.csv: 4 unchanged") }, "\(second.notes)")
        #expect(try workspace.store.numbers(profile: "sandbox") == held)
        #expect(workspace.carrier.count(.bind) == calls)
        #expect(workspace.carrier.purchases.count == 2)
    }

    @Test func twoRowsOfOneNumberInAFileAreFoundAtTheCheck() async throws {
        let workspace = try Workspace()
        workspace.offer(0...1)
        let path = try workspace.file(
            "numbers.csv", "e164,source\n+14155550100,fake\n+14155550101,fake\n+14155550100,fake\n")
        let outcome = await workspace.run("read \(path) | import --parallel 3 --on-error collect | count")
        #expect(outcome.faults == ["D010: \(path): rows 1 and 3 are both +14155550100"])
        #expect(workspace.carrier.log.isEmpty)
    }

    /// Each looks before any has bought: the intent that comes second finds the number in the ledger.
    @Test(arguments: ["import +14155550100 --source fake", "purchase +14155550100 --provider fake"])
    func whoeverComesSecondNeverBuysAgain(statement: String) async throws {
        for _ in 0..<10 {
            let workspace = try Workspace()
            workspace.offer(0...1)
            let outcome = await workspace.run(
                "range 1 8 | each n --parallel 8 --on-error collect { \(statement) } | where .result == 'succeeded' | count"
            )
            #expect([0, 3].contains(outcome.status), "\(outcome.faults)")
            #expect(outcome.shown == [.int(1)])
            #expect(workspace.carrier.purchases == [e164(0)])
            #expect(workspace.numbers == ["+14155550100"])
        }
    }
}

extension String {
    /// A literal record's keys as JSON has them.
    fileprivate var quotedKeys: String {
        replacing(#/([a-z0-9_]+):/#) { "\"\($0.output.1)\":" }
    }
}
