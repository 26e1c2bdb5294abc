import FoundationEssentials
import Switchboard
import SwitchboardTestKit
import Testing

/// `plan FILE`, `run FILE --within`: the built program beside its sandbox.
@Suite struct PlanTests {
    /// The workflows that change something, with what they need and what they are given.
    private static let workflows: [(name: String, arguments: [String], setUp: String)] = [
        ("search-purchase-bind", [], ""), ("group", [], ""), ("top-up", [], ""), ("own-trunk", [], ""),
        ("first-free-area", [], ""), ("bulk-import", ["--max-numbers", "200"], ""),
        ("price-cap", ["--unpriced", "true"], ""),
        ("import-sites", [], "for a in ['support' 'sales' 'night-desk'] { let x = agent add $a }"),
        (
            "move-agent", ["--from", "a", "--to", "b"],
            "agent add a; purchase +14155550120 --provider livekit | bind-agent a"
        ),
        ("list-and-release", [], "purchase +14155550120 --provider livekit --label test"),
        ("clean-up", ["--older-than", "0s", "--release", "true"], "purchase +14155550120 --provider livekit"),
        ("buy-and-wait", [], ""),
    ]

    private struct Planned: Decodable {
        struct Change: Decodable {
            var kind: String
            var purchases: Int
        }
        var changes: [Change]
    }

    @Test(arguments: workflows.map(\.name)) func theWorkflowDoesWhatItsPlanSays(name: String) async throws {
        let workflow = try #require(Self.workflows.first { $0.name == name })
        try await Place.with { place in
            let script = "\(Programs.package)/scripts/workflows/\(name).swb"
            // The workflows name their data by the package's folder.
            let copy = "mkdir scripts && cp -r '\(Programs.package)/scripts/workflows' scripts"
            #expect(try await place.shell(copy).status == 0)
            if !workflow.setUp.isEmpty {
                let setUp = try await place.run("-c", workflow.setUp)
                #expect(setUp.status == 0, "\(setUp.errorText)")
            }
            let before = try kinds(in: place)
            let planned = try await place.run(
                ["--json", "plan", script] + workflow.arguments + ["--out", "\(place.folder)/plan.json"])
            #expect(planned.status == 0, "\(planned.errorText)")
            #expect(try kinds(in: place) == before)
            let plan = try JSONDecoder().decode(Planned.self, from: Data(planned.output))
            let outside = ["write", "report"]
            let run = try await place.run(
                ["run", script] + workflow.arguments + ["--within", "\(place.folder)/plan.json"], limit: .seconds(120))
            #expect(run.status == 0 || run.status == 3, "\(run.errorText)")
            #expect(!run.errorText.contains("not_planned"), "\(run.errorText)")
            let done = Array(try kinds(in: place).dropFirst(before.count))
            #expect(plan.changes.map(\.kind).filter { !outside.contains($0) }.sorted() == done.sorted())
        }
    }

    /// The kinds of all changes that the journal has as done, in the order in which they were begun.
    private func kinds(in place: Place) throws -> [String] {
        guard let store = try SQLiteStore.openForReading(directory: place.state) else { return [] }
        return try store.runs(limit: 1000).reversed().flatMap { try store.intents(run: $0.id) }.compactMap {
            if case .done? = $0.1 { $0.0.kind } else { nil }
        }
    }

    @Test func aPlanLeavesNoTrace() async throws {
        try await Place.with { place in
            let script = "\(Programs.package)/scripts/workflows/search-purchase-bind.swb"
            let result = try await place.run("plan", script)
            #expect(result.status == 0, "\(result.errorText)")
            #expect(result.outputText.contains("buy +14155550100 at livekit, or the next that is free; price unknown"))
            let files = try FileManager.default.subpathsOfDirectory(atPath: place.state)
            #expect(files.allSatisfy { $0 == "sandbox" || $0.hasPrefix("sandbox/") }, "\(files)")
            let truth = try await place.sandbox().truth()
            #expect(truth.history.isEmpty && truth.dispatch_rules.isEmpty && truth.trunks.isEmpty)
            for method in ["PurchasePhoneNumber", "CreateSIPDispatchRule", "UpdatePhoneNumber"] {
                #expect(try await place.sandbox().requests(of: method) == 0)
            }
        }
    }

    @Test func theExitCodeTellsWhetherThereIsSomethingToChange() async throws {
        try await Place.with { place in
            let script = try place.write("agent add support\n", to: "a.swb")
            #expect(try await place.run("plan", script).status == 0)
            #expect(try await place.run("plan", script, "--exit-code").status == 5)
            #expect(try await place.run("run", script).status == 0)
            let again = try await place.run("plan", script, "--exit-code")
            #expect(again.status == 0)
            #expect(again.outputText == "plan of \(script), profile sandbox: nothing to change\n")
            let broken = try place.write("agent ad support\n", to: "b.swb")
            #expect(try await place.run("plan", broken, "--exit-code").status == 2)
            let failing = try place.write("search livekit --area 415 | where .locality == 'x' | first\n", to: "c.swb")
            #expect(try await place.run("plan", failing, "--exit-code").status == 1)
        }
    }

    @Test func aPlanFileIsForItsUserAlone() async throws {
        try await Place.with { place in
            let script = try place.write("search livekit --area 415 | first | purchase\n", to: "a.swb")
            let plan = place.folder + "/a.plan"
            #expect(try await place.run("plan", script, "--out", plan).status == 0)
            let mode = try await place.shell("stat -c %a '\(plan)'").outputText
            #expect(mode == "600\n")
            let other = try place.write("search livekit --area 212 | first | purchase\n", to: "b.swb")
            let refused = try await place.run("run", other, "--within", plan)
            #expect(refused.status == 2)
            #expect(refused.errorText.contains("the plan is of another text of"))
            #expect(try await place.run("run", script, "--within", plan).status == 0)
            #expect(try await place.list().count == 1)
        }
    }

    @Test func statementsAreHeldToTheirPlan() async throws {
        try await Place.with { place in
            let (plan, statement) = (place.folder + "/a.plan", "purchase +14155550100 --provider livekit")
            let planned = try await place.run("plan", "-c", statement, "--out", plan, "--exit-code")
            #expect(planned.status == 5 && planned.outputText.contains("buy +14155550100 at livekit"))
            let other = try await place.run("-c", "purchase +14155550101 --provider livekit", "--within", plan)
            #expect(other.status == 2 && other.errorText.contains("the plan is of another text of -c"))
            #expect(try await place.list() == [])
            let done = try await place.run("-c", statement, "--within", plan)
            #expect(done.status == 0, "\(done.errorText)")
            #expect(try await place.list().count == 1)
            #expect(try await place.run("-c", statement, "--within", plan).status == 2)
            let fault = try await place.run("check", "-c", "purchse +14155550100")
            #expect(fault.status == 2 && fault.errorText.contains("no command 'purchse'"), "\(fault.errorText)")
        }
    }

    @Test func whatIsNoPlanIsSaidToBeNone() async throws {
        try await Place.with { place in
            let script = try place.write("purchase +14155550100 --provider livekit\n", to: "a.swb")
            let plan = place.folder + "/a.plan"
            let missing = try await place.run("run", script, "--within", plan)
            #expect(missing.status == 2)
            let help = "  = help: make it with: switchboard plan FILE --out \(plan)\n"
            #expect(
                missing.errorText
                    == "error: the plan '\(plan)' cannot be read: No such file or directory\n\(help)")
            #expect(try await place.run("plan", script, "--out", plan).status == 0)
            let whole = try #require(place.text(of: plan))
            try place.write(String(whole.prefix(whole.count / 2)), to: "a.plan")
            let cut = try await place.run("run", script, "--within", plan)
            #expect(cut.status == 2)
            #expect(cut.errorText == "error: '\(plan)' is no plan, or a part of one is missing\n\(help)")
        }
    }

    @Test func aPlanThatFindsNoRoomSaysHowToMakeSome() async throws {
        try await Place.with { place in
            let script = try place.write("purchase +14155550100 --provider livekit\n", to: "a.swb")
            for word in ["plan", "run"] {
                let result = try await place.run(word, script, "--max-numbers", "0")
                #expect(result.status == 1)
                #expect(result.errorText.contains("or raise the cap with --max-numbers\n"), "\(result.errorText)")
            }
        }
    }

    @Test func aRunStopsBeforeWhatItsPlanDoesNotHave() async throws {
        try await Place.with { place in
            let script = try place.write(
                "for n in (range 1 4) { if (list | count) < 3 { search livekit --area 415 | first | purchase } }\n",
                to: "a.swb")
            let plan = place.folder + "/a.plan"
            #expect(try await place.run("-c", "purchase +14155550120 --provider livekit").status == 0)
            #expect(try await place.run("plan", script, "--out", plan).status == 0)
            #expect(try await place.run("-c", "release +14155550120").status == 0)
            let result = try await place.run("run", script, "--within", plan)
            #expect(result.status == 1)
            #expect(result.errorText.contains("the plan has no such change: buy +1415"), "\(result.errorText)")
            #expect(try await place.list().count == 2)
            #expect(try await place.openIntents() == 0)
        }
    }
}
