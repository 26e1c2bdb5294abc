import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// The check without a run finds what the run would refuse, and does nothing.
@Suite struct CheckTests {
    private static let sandbox = Profile(name: "sandbox", origin: .sandbox)

    private func check(
        _ workspace: Workspace, _ text: String, _ parameters: ScriptArguments = [:], profile: Profile = sandbox,
        online: Bool = false
    ) async -> CheckReport {
        let request = Engine.Request(text: text, named: "t.swb", profile: profile, parameters: parameters)
        return await onThread { workspace.engine.check(request, online: online) }
    }

    private func codes(_ report: CheckReport) -> [String] { report.diagnostics.map(\.code) }

    @Test(arguments: [
        ("slect", "C001"), ("purchase +14155550100", "C007"), ("print 'a", "L014"), ("read ./none.csv | print", "D001"),
        ("read ./none.txt | print", "D009"), ("list | write ./no/such/x.csv", "D009"),
        ("[{a: 1}] | each { 1 } | report ./no/such/x.csv", "D009"),
        ("search fake | first | purchase | bind-agent nobody", "C050"), ("print (secret nothing)", "C051"),
        ("param --n: int = three", "C020"), ("let x = 99999999999999w", "C020"),
        ("trunk create --file ./none.json", "C007"),
    ])
    func whatTheRunWouldRefuseIsFound(_ text: String, _ code: String) async throws {
        let workspace = try Workspace()
        let report = await check(workspace, text)
        let run = await workspace.run(text)
        #expect(codes(report) == [code] && report.exitStatus == 2, "\(report.diagnostics)")
        #expect(run.report.diagnostics == report.diagnostics)
        #expect(workspace.carrier.log.isEmpty)
    }

    @Test func aReportThatCannotBeWrittenIsFoundBeforeAnythingIsBought() async throws {
        let workspace = try Workspace()
        workspace.offer(0...1)
        let folder = workspace.folder
        for name in ["r.csv", "s.failed.csv"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: false)
        }
        let rows = "range 1 2 | each n { search fake | first | purchase } | report"
        for path in ["\(folder)/r.csv", "\(folder)/s.csv", "\(folder)/none/r.csv"] {
            let text = "let name = '\(path)'; \(rows) $name"
            let report = await check(workspace, text)
            #expect(codes(report) == ["D009"] && report.diagnostics[0].help != nil, "\(path): \(report.diagnostics)")
            // What only the run can tell is found when the rows begin, and none of them has.
            let run = await workspace.run("\(rows) ([{p: '\(path)'}] | first).p")
            #expect(
                run.faults.first?.hasPrefix("R201") == true && run.report.diagnostics.first?.help != nil,
                "\(run.faults)")
        }
        #expect(workspace.carrier.purchases.isEmpty)
    }

    @Test func nothingIsAskedOrChanged() async throws {
        let workspace = try Workspace()
        workspace.offer(0...1)
        let path = workspace.folder + "/out.csv"
        let report = await check(
            workspace,
            """
            param --n: any = (search fake | count)
            agent add support
            search fake | first | purchase | bind-agent support
            list | write '\(path)'
            print $n
            """)
        #expect(report.exitStatus == 0 && report.diagnostics.isEmpty, "\(report.diagnostics)")
        #expect(report.program.effect == .spends)
        #expect(workspace.carrier.log.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(try workspace.store.agents(profile: "sandbox").isEmpty && workspace.journal.isEmpty)
    }

    @Test func aParamNeedsNoValueAndOneThatIsGivenIsLookedAt() async throws {
        let workspace = try Workspace()
        let text = "param --file: path\nparam --agent: id<agent>\nread $file | print\nprint (agent get $agent)"
        #expect(await codes(check(workspace, text)) == [])
        #expect(await codes(check(workspace, text, ["file": "./none.csv"])) == ["D001"])
        let report = await check(workspace, text, ["agent": "nobody"])
        #expect(codes(report) == ["C050"])
        #expect(DiagnosticRenderer(report.program.source).render(report.diagnostics).contains("--> params:1:9"))
        #expect(
            await workspace.run(text).faults == ["C061: --file is needed: path", "C061: --agent is needed: id<agent>"])
    }

    @Test func aProviderWithoutSettingsIsFound() async throws {
        let workspace = try Workspace(plugins: [Plugin(provider: NeedyProvider.self)])
        let profile = Profile(name: "acme", origin: .given([:]))
        let text = "param --p: provider = needy\nsearch $p --area-code 415 | print"
        let report = await check(workspace, text, profile: profile)
        #expect(report.exitStatus == 4 && report.error?.code == .unauthorized)
        #expect(codes(report) == ["R220"])
        #expect(await check(workspace, text, ["p": "fake"], profile: profile).exitStatus == 0)
        let given = Profile(name: "acme", origin: .given(["needy": ProviderSettings(plain: ["account": "a"])]))
        #expect(await check(workspace, text, profile: given).exitStatus == 0)
    }

    @Test func onlineAsksEveryProviderThatIsNamedOnce() async throws {
        let workspace = try Workspace()
        let text = "search fake | print\nsearch fake | print\nlist | print"
        #expect(await check(workspace, text, online: true).exitStatus == 0)
        #expect(workspace.carrier.log.map(\.call) == [.lookUp])
        #expect(await check(workspace, "list | print", online: true).exitStatus == 0)
        #expect(workspace.carrier.log.count == 1)
        workspace.carrier.script(.lookUp, .refused(401))
        let report = await check(workspace, text, online: true)
        #expect(report.exitStatus == 4 && report.error?.message == "the carrier fails")
        #expect(report.diagnostics.map(\.span) == [Span(7, 11)])
    }
}

/// A provider that is of no use without its setting.
struct NeedyProvider: NumberSearching {
    static let manifest = ProviderManifest(
        name: "needy", displayName: "Needy", summary: "needs an account",
        settings: [ProviderSetting("account", help: "the account")],
        capabilities: [.search: .yes("none")], idKinds: [], countries: ["US"], limits: RequestLimits(),
        idempotency: .none, settleTime: .zero)

    init(context: ProviderContext) throws {
        _ = try context.settings.required("account", provider: "needy", profile: context.profile)
    }

    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { [] }
    func lookUp(_ number: E164) async throws -> OwnedNumber? { nil }
    func search(_ query: NumberQuery) async throws -> [AvailableNumber] { [] }
}
