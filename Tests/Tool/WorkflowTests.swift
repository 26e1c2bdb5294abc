import FoundationEssentials
import SwitchboardTestKit
import Testing

/// The scripts of `scripts/workflows`, run as the README says.
@Suite struct WorkflowTests {
    private func path(_ name: String) -> String { "\(Programs.package)/scripts/workflows/\(name).swb" }

    @Test func searchPurchaseBindTakesAnotherNumberEachTime() async throws {
        try await Place.with { place in
            for number in ["+14155550100", "+14155550101"] {
                let result = try await place.run("run", path("search-purchase-bind"))
                #expect(result.status == 0, "\(result.errorText)")
                #expect(result.errorText == "profile sandbox: nothing real is bought\n")
                let isTold = try Expectation(
                    """
                    agent    support, dispatched as support (<id>)
                    found    \(number) in SAN FRANCISCO, CA (local)
                    bought   \(number) as <id>, at livekit <id>
                    bound    \(number) to support by dispatch rule ['<id>'], now active

                    """
                ).matches(result.outputText)
                #expect(isTold, "\(result.outputText)")
            }
            let held = try await place.list()
            #expect(held.map(\.e164) == ["+14155550100", "+14155550101"])
            #expect(held.allSatisfy { $0.agent_id != nil && $0.status == "active" && $0.label == "front desk" })
            let truth = try await place.sandbox().truth()
            #expect(truth.dispatch_rules.compactMap(\.trunk_ids) == [truth.owned.map(\.id)])
            #expect(try await place.differences() == [])
        }
    }

    @Test func searchPurchaseBindTakesItsParams() async throws {
        try await Place.with { place in
            let result = try await place.run(
                "run", path("search-purchase-bind"), "--area-code", "212", "--agent=front desk", "--label", "été")
            #expect(result.status == 0, "\(result.errorText)")
            #expect(try await place.list().map(\.label) == ["été"])
            #expect(try await place.list().map(\.e164) == ["+12125550100"])
        }
    }

    @Test func listAndReleaseGivesUpOnlyWhatIsLabelledAndUnbound() async throws {
        try await Place.with { place in
            let setUp = try await place.run(
                "-c",
                """
                agent add support
                purchase +14155550110 --provider livekit --label 'test'
                purchase +14155550111 --provider livekit --label 'test' | bind-agent support
                purchase +14155550112 --provider livekit --label 'keep'
                """)
            #expect(setUp.status == 0, "\(setUp.errorText)")
            let result = try await place.run("run", path("list-and-release"))
            #expect(result.status == 0, "\(result.errorText)")
            #expect(result.outputText.contains("releasing 1 of them"), "\(result.outputText)")
            #expect(result.outputText.hasSuffix("released +14155550110\n"), "\(result.outputText)")
            #expect(try await place.list().map(\.e164) == ["+14155550111", "+14155550112"])
            #expect(try await place.differences() == [])
        }
    }

    @Test func bulkImportBuysEachNumberOnceHoweverOftenItRuns() async throws {
        try await Place.with { place in
            for remark in [false, true] {
                let result = try await place.run(
                    "run", path("bulk-import"), "--max-numbers", "200", "--file",
                    "\(Programs.package)/scripts/workflows/bulk-import.csv", limit: .seconds(120))
                #expect(result.status == 0, "\(result.errorText)")
                #expect(result.outputText.hasSuffix("100 numbers are bought and bound\n"), "\(result.outputText)")
                #expect(result.errorText.contains("is in the workspace already: unchanged") == remark)
            }
            let bought = try await place.sandbox().truth().purchases
            #expect(bought.count == 100)
            #expect(Set(bought).count == 100)
            #expect(try await place.list().filter { $0.agent_id != nil }.count == 100)
            #expect(try await place.differences() == [])
        }
    }

    @Test func aCapRefusesBeforeMoneyIsSpent() async throws {
        try await Place.with { place in
            let numbers = (100..<105).map { "+14155550\($0)" }.joined(separator: " ")
            let script = try place.write(
                "for n in [\(numbers)] { let held = purchase $n --provider livekit }\n", to: "buy.swb")
            let result = try await place.run("run", script, "--max-numbers", "3")
            #expect(result.status == 1)
            #expect(result.errorText.contains("cause: payment_required"), "\(result.errorText)")
            #expect(try await place.sandbox().truth().purchases.count == 3)
            #expect(try await place.sandbox().requests(of: "PurchasePhoneNumber") == 3)
            #expect(try await place.openIntents() == 0)
            #expect(try await place.differences() == [])
        }
    }
}
