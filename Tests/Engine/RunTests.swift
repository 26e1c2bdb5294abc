import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// Runs beside each other, runs that are cancelled, and what is found before a run begins.
@Suite struct RunTests {
    @Test func eightRunsAtOnceNeverCrossTheCap() async throws {
        let workspace = try Workspace()
        workspace.offer(0...29)
        let caps = Caps(numbers: 5)
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            for _ in 0..<8 {
                group.addTask { await workspace.run("for x in [1 2 3] { search fake | first | purchase }", caps: caps) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(workspace.carrier.purchases.count == 5)
        #expect(Set(workspace.carrier.purchases).count == 5)
        #expect(workspace.numbers.count == 5)
        let refused = outcomes.filter { $0.status != 0 }
        #expect(!refused.isEmpty)
        #expect(refused.allSatisfy { $0.error?.code == .paymentRequired }, "\(refused.map(\.faults))")
        #expect(try workspace.store.openIntents().isEmpty)
    }

    @Test func runsOfOneEngineLeaveEachOthersWorkAlone() async throws {
        let workspace = try Workspace()
        workspace.offer(0...1)
        workspace.carrier.keepBack(.purchase)
        async let first = workspace.run("purchase +14155550100 --provider fake")
        #expect(await eventually { workspace.carrier.count(.purchase) == 1 })
        let other = await workspace.run("list | count")
        #expect(other.notes == [])
        #expect(try workspace.store.openIntents().count == 1)
        workspace.carrier.letGo(.purchase)
        #expect(await first.status == 0)
        #expect(workspace.numbers == [e164(0).text])
        #expect(try workspace.journal == ["purchase done"])
    }

    @Test func aFullWorkspaceIsRefusedBeforeTheCarrierIsAskedToSell() async throws {
        let workspace = try Workspace()
        workspace.offer(0...1)
        let outcome = await workspace.run("search fake | first | purchase", caps: Caps(numbers: 0))
        #expect(outcome.error?.code == .paymentRequired)
        #expect(outcome.status == 1)
        #expect(workspace.carrier.count(.purchase) == 0)
    }

    @Test func twoProcessesNeverReachForOneNumber() async throws {
        let one = try Workspace()
        one.offer(0...11)
        let other = try Workspace(folder: one.folder, clock: one.clock, carrier: one.carrier)
        let script = "for x in [1 2 3 4] { search fake | first | purchase }"
        async let first = one.run(script)
        async let second = other.run(script)
        let statuses = await [first.status, second.status]
        #expect(statuses == [0, 0])
        let asked = one.carrier.log.filter { $0.call == .purchase }.compactMap(\.number)
        #expect(asked.count == 8)
        #expect(Set(asked).count == 8)
        #expect(one.numbers.count == 8)
    }

    @Test func theFirstOfAListIsItsFirst() async throws {
        let workspace = try Workspace(plugins: [Plugin(provider: AnotherProvider.self)])
        workspace.carrier.offer([available(0), available(50, provider: "another")])
        let outcome = await workspace.run(
            """
            let a = search fake | first
            let b = search another | first
            print ([$a $b] | first).e164 ([$b $a] | first).e164 ([$b $b $a] | first 2 | select .e164)
            """)
        #expect(outcome.printed == ["+14155550100 +14155550150", "[{e164: +14155550150} {e164: +14155550100}]"])
    }

    @Test func aPurchaseUnderWayIsFinishedAndNothingElseBegins() async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        workspace.carrier.keepBack(.purchase)
        let cancel = CancelToken()
        async let run = workspace.run("for n in (search fake) { $n | purchase }", cancel: cancel)
        #expect(await eventually { workspace.carrier.count(.purchase) == 1 })
        cancel.cancel()
        workspace.carrier.letGo(.purchase)
        let outcome = await run
        #expect(outcome.status == 130)
        #expect(outcome.error?.code == .cancelled)
        #expect(workspace.numbers == [e164(0).text])
        #expect(workspace.carrier.purchases == [e164(0)])
        #expect(try workspace.journal == ["purchase done"])
        #expect(try workspace.store.runs(limit: 1).map(\.status) == [.cancelled])
    }

    @Test func aPurchaseInDoubtIsSettledThoughTheRunIsCancelled() async throws {
        let workspace = try Workspace()
        workspace.offer(0...2)
        workspace.carrier.script(.purchase, .lost(hasHappened: true))
        workspace.carrier.keepBack(.purchase)
        let cancel = CancelToken()
        async let run = workspace.run("search fake | first | purchase; list", cancel: cancel)
        #expect(await eventually { workspace.carrier.count(.purchase) == 1 })
        cancel.cancel()
        workspace.carrier.letGo(.purchase)
        #expect(await run.status == 130)
        #expect(workspace.numbers == [e164(0).text])
        #expect(workspace.carrier.purchases == [e164(0)])
    }

    /// The answer never comes, and no time passes.
    @Test func aQuestionEndsAtOnceWhenTheRunIsCancelled() async throws {
        let workspace = try Workspace()
        workspace.carrier.keepBack(.search)
        let cancel = CancelToken()
        async let run = workspace.run("search fake", cancel: cancel)
        #expect(await eventually { workspace.carrier.count(.search) == 1 })
        cancel.cancel()
        #expect(await run.status == 130)
        #expect(workspace.clock.waits == [])
        #expect(try workspace.journal == [])
    }

    @Test func aRunThatIsCancelledBeforehandDoesNothing() async throws {
        let workspace = try Workspace()
        let cancel = CancelToken()
        cancel.cancel()
        let outcome = await workspace.run("agent add support", cancel: cancel)
        #expect(outcome.status == 130)
        #expect(try workspace.store.agents(profile: "sandbox").isEmpty)
    }

    // MARK: Before the first effect

    @Test func aFaultInTheLastLineOfAFileKeepsTheCarrierUnasked() async throws {
        let workspace = try Workspace()
        workspace.offer(0...3)
        let rows = (0..<50).map { "\(e164($0).text),site\($0)" }.joined(separator: "\n")
        let path = try workspace.file("n.csv", "e164,label\n\(rows)\n4155550199,last\n")
        let outcome = await workspace.run(
            "search fake | first | purchase\nread \(path) --columns {e164: phone, label: string} | purchase --provider fake"
        )
        #expect(outcome.status == 2)
        #expect(
            outcome.faults == [
                "D006: \(path):52:1: column 'e164': '4155550199' is not a number in E.164 form, such as +14155550100"
            ])
        #expect(workspace.carrier.log == [])
        #expect(try workspace.journal == [])
    }

    @Test func anAgentIsAddedBeforeItIsNamed() async throws {
        let workspace = try Workspace()
        workspace.offer(0...3)
        let buy = "search fake | first | purchase | bind-agent suport"
        let outcome = await workspace.run("\(buy)\nagent add suport")
        #expect(outcome.faults == ["C050: no agent 'suport' in profile 'sandbox'"])
        #expect(outcome.status == 2)
        #expect(workspace.carrier.log == [])
        #expect(await workspace.run("agent add suport\n\(buy)").status == 0)
        #expect(await workspace.run("agent remove support").faults == ["C050: no agent 'support' in profile 'sandbox'"])
    }

    @Test func aFileThatTheScriptWritesIsNotOpenedBeforehand() async throws {
        let workspace = try Workspace()
        let path = workspace.folder + "/new.csv"
        let outcome = await workspace.run("[{a: 1} {a: 2}] | write \(path)\nread \(path) | count")
        #expect(outcome.faults == [])
        #expect(outcome.shown == [.int(2)])
        let missing = await workspace.run("read \(workspace.folder)/none.csv | count")
        #expect(missing.faults == ["D001: \(workspace.folder)/none.csv: there is no such file"])
    }

    @Test func aPathThatIsPutTogetherIsKnownBeforehand() async throws {
        let workspace = try Workspace()
        let path = try workspace.file("n.csv", "a\n1\nx\n")
        let start = "let folder = '\(workspace.folder)'\nlet path = \"$folder/n.csv\"\n"
        let read = "read $path --columns {a: int} | count"
        #expect(
            await workspace.run(start + read).faults == ["D006: \(path):3:1: column 'a': 'x' is not a whole number"])
        _ = try workspace.file("n.csv", "a\n1\n2\n")
        #expect(await workspace.run(start + read).shown == [.int(2)])
        #expect(await workspace.run("let f = '\(workspace.folder)'\nread \"$f/n.csv\" | count").shown == [.int(2)])
    }

    @Test func aProviderWithoutItsSettingsIsFoundBeforeTheFirstEffect() async throws {
        let workspace = try Workspace(plugins: [Plugin(provider: LockedProvider.self)])
        let outcome = await workspace.run("agent add x\nsearch locked", origin: .environment([:]))
        #expect(outcome.status == 4)
        #expect(outcome.faults == ["R220: profile 'sandbox' has no locked setting 'key'"])
        #expect(try workspace.store.agents(profile: "sandbox").isEmpty)
    }

    @Test(arguments: [
        ("param --p: provider\nsearch $p", "p", "fakee", "C061: --p: no provider 'fakee' is registered"),
        ("param --n: int\nprint $n", "n", "4x", "C061: --n: '4x' is not a whole number"),
        ("param --n: int\nprint $n", "m", "4", "C061: this script has no param --m"),
        ("param --i: id<phone>\nprint $i", "i", "phone_1", "C061: --i: 'phone_1' is no id<phone>"),
        ("param --i: id<agent>\nprint $i", "i", "support", nil),
        ("param --l: string?\nprint ($l == nothing)", "l", "", nil),
    ])
    func paramsAreCheckedFirst(script: String, name: String, value: String, fault: String?) async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run(script, parameters: [name: value])
        #expect(outcome.faults.first == fault)
        #expect(outcome.status == (fault == nil ? 0 : 2))
    }
}

/// A shop that needs a key.
struct LockedProvider: NumberSearching {
    static let manifest: ProviderManifest = {
        var manifest = FakeProvider.manifest
        manifest.name = "locked"
        manifest.idKinds = []
        return manifest
    }()

    init(context: ProviderContext) throws {
        _ = try context.settings.requiredSecret("key", provider: "locked", profile: context.profile)
    }
    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { [] }
    func lookUp(_ number: E164) async throws -> OwnedNumber? { nil }
    func search(_ query: NumberQuery) async throws -> [AvailableNumber] { [] }
}

/// A second shop at the same carrier.
struct AnotherProvider: NumberSearching {
    static let manifest: ProviderManifest = {
        var manifest = FakeProvider.manifest
        manifest.name = "another"
        manifest.idKinds = []
        return manifest
    }()

    private let carrier: FakeCarrier?

    init(context: ProviderContext) throws { carrier = context.transport as? FakeCarrier }
    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { [] }
    func lookUp(_ number: E164) async throws -> OwnedNumber? { nil }
    func search(_ query: NumberQuery) async throws -> [AvailableNumber] { [available(50, provider: "another")] }
}
