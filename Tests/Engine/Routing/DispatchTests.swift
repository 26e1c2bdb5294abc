import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// `dispatch create`, `list`, `update`, `replace` and `delete`.
@Suite struct DispatchTests {
    private static let setUp =
        "agent add support --metadata m; agent add night\ntrunk create --name main --numbers +15105550100\n"
        + "purchase +14155550100 --provider fake"
    private static let desk = "dispatch create --name desk --individual call- --trunk-ids main --agents [support]"

    private func rule(_ workspace: Workspace) throws -> DispatchRule { try #require(workspace.carrier.rules.first) }

    // MARK: Create

    @Test func makesARule() async throws {
        let workspace = try await Workspace.after(Self.setUp)
        let outcome = await workspace.run(Self.desk)
        #expect(outcome.status == 0, "\(outcome.problem) \(outcome.faults)")
        let rule = try rule(workspace)
        #expect(rule.kind == .individual && rule.room == "call-" && rule.isRandom)
        #expect(rule.trunkIDs == workspace.carrier.trunks.map(\.id))
        #expect(rule.agents == [AgentTarget(dispatchName: "support", metadata: "m")])
        #expect(outcome.shownField("agents") == .list([.string("support")]))
        #expect(outcome.shownField("kind") == .string("individual"))
        #expect(try workspace.journal.last == "dispatch-create done")
    }

    @Test func everyFieldHasAFlag() async throws {
        let workspace = try await Workspace.after(Self.setUp)
        let outcome = await workspace.run(
            """
            dispatch create --name desk --callee c- --randomize --pin 4711 --trunks [main +14155550100]
              --callers [+13105550100] --called +15105550100 --agents [support night] --attributes {team: 'a'}
              --metadata m --hide-phone-number --room-preset small --room-config {max_participants: 3, metadata: 'r'}
              --krisp --media-encryption allow --codecs PCMU --only-listed-codecs --media-timeout 10s
            """.split(separator: "\n").joined(separator: " "))
        #expect(outcome.status == 0, "\(outcome.problem) \(outcome.faults)")
        let rule = try rule(workspace)
        #expect(
            rule.document.wire
                == [
                    "sip_dispatch_rule_id": .string(rule.id),
                    "rule": [
                        "dispatch_rule_callee": ["room_prefix": "c-", "randomize": true, "pin": "4711"]
                    ],
                    "trunk_ids": [.string(workspace.carrier.trunks[0].id), "FK_2"], "hide_phone_number": true,
                    "inbound_numbers": ["+13105550100"], "numbers": ["+15105550100"], "name": "desk", "metadata": "m",
                    "attributes": ["team": "a"], "room_preset": "small",
                    "room_config": [
                        "max_participants": 3, "metadata": "r",
                        "agents": [["agent_name": "support", "metadata": "m"], ["agent_name": "night"]],
                    ],
                    "media": [
                        "only_listed_codecs": true, "codecs": [["name": "PCMU"]],
                        "encryption": "SIP_MEDIA_ENCRYPT_ALLOW", "media_timeout": "10s",
                    ],
                    "krisp_enabled": true, "media_encryption": "SIP_MEDIA_ENCRYPT_ALLOW",
                ], "\(rule.document.wire.compact)")
        #expect(outcome.shownField("pin_set") == .bool(true))
        #expect(!outcome.allText.contains("4711"))
    }

    @Test(arguments: [
        ("", "needs a room"), ("--direct a --individual b", "twice"),
        ("--direct lobby --agents [nobody] --catch-all", "no agent 'nobody'"), ("--direct lobby", "trunk"),
        ("--direct '' --trunk-ids ST_x", "room"),
    ])
    func faultsAreFoundBeforeTheFirstEffect(flags: String, problem: String) async throws {
        let workspace = try Workspace()
        workspace.offer(0...0)
        let outcome = await workspace.run("purchase +14155550100 --provider fake\ndispatch create " + flags)
        #expect(outcome.status == 2)
        #expect(outcome.problem.contains(problem), "\(outcome.faults)")
        #expect(workspace.carrier.purchases == [])
    }

    @Test func aPinMayBeAStoredSecret() async throws {
        let workspace = try await Workspace.after(Self.setUp)
        try workspace.keep("4711", as: "desk")
        let outcome = await workspace.run("dispatch create --direct lobby --trunk-ids main --pin (secret desk)")
        #expect(outcome.status == 0, "\(outcome.problem) \(outcome.faults)")
        #expect(try rule(workspace).pin == Secret("4711"))
        let bad = await workspace.run("dispatch create --direct hall --trunk-ids main --pin hunter2")
        #expect(bad.status == 2 && bad.problem.contains("digits"), "\(bad.problem)")
    }

    @Test(arguments: [
        ("none", "no trunk 'none'"), ("ST_none", "no trunk 'ST_none'"),
        ("+15105550100", "no number of the platform's own"),
        ("out", "no calls come in"),
    ])
    func aTrunkThatIsNotThereIsNotNamed(name: String, problem: String) async throws {
        let workspace = try await Workspace.after(
            Self.setUp, "trunk create --name out --address a.example --numbers +15105550100")
        let outcome = await workspace.run("dispatch create --direct lobby --trunk-ids [\(name)]")
        #expect(outcome.status == 1 && outcome.problem.contains(problem), "\(outcome.problem)")
        #expect(workspace.carrier.rules == [])
    }

    @Test func trunksAndNumbersAreNamedInManyWays() async throws {
        let workspace = try await Workspace.after(Self.setUp)
        let row = try #require(try workspace.rows.first)
        let st = row.inboundTrunkID ?? ""
        let names = ["main", row.id, st, "(trunk list | first)", "[(trunk get main)]", "(trunk get main | select .id)"]
        for (index, name) in names.dropLast().enumerated() {
            let outcome = await workspace.run(
                "dispatch create --direct room\(index) --pin \(index) --trunk-ids \(name)")
            #expect(
                outcome.shownField("trunk_ids") == .list([.string(st)]), "\(name): \(outcome.problem) \(outcome.faults)"
            )
        }
        for flowing in ["trunk get main", "trunk list | first"] {
            let outcome = await workspace.run("\(flowing) | dispatch create --callee \(flowing.count)-")
            #expect(outcome.shownField("trunk_ids") == .list([.string(st)]), "\(flowing): \(outcome.faults)")
            _ = await workspace.run("dispatch list | where .kind == 'callee' | dispatch delete")
        }
        let number = await workspace.run("list | first | dispatch create --direct own")
        #expect(number.shownField("trunk_ids") == .list([.string("FK_2")]), "\(number.problem) \(number.faults)")
    }

    @Test func theSameAgainIsUnchangedAndTheSameNameIsAConflict() async throws {
        let workspace = try await Workspace.after(Self.setUp, Self.desk)
        let again = await workspace.run(Self.desk)
        #expect(again.status == 0 && again.notes.contains { $0.contains("unchanged") })
        let id = try rule(workspace).id
        let other = await workspace.run(Self.desk + " --pin 1")
        #expect(other.error?.code == .conflict && other.help.contains("dispatch update \(id)"), "\(other.problem)")
        let blocked = await workspace.run("dispatch create --direct lobby --trunk-ids main")
        #expect(blocked.error?.code == .conflict && blocked.problem.contains(id), "\(blocked.problem)")
        #expect(workspace.carrier.count(.createRule) == 1)
    }

    @Test func aCallerFilterOnAnOwnNumberIsProbablyWrong() async throws {
        let workspace = try await Workspace.after(Self.setUp)
        let outcome = await workspace.run("dispatch create --direct lobby --trunk-ids main --callers +14155550100")
        #expect(outcome.status == 0)
        #expect(outcome.notes.contains { $0.hasPrefix("warning: ") && $0.contains("+14155550100") }, "\(outcome.notes)")
    }

    // MARK: The ledger's numbers

    @Test func theLedgerKnowsWhatARuleDoesToItsNumbers() async throws {
        let workspace = try await Workspace.after(
            Self.setUp, "dispatch create --name own --direct lobby --trunk-ids +14155550100 --agents [support]")
        let agents = try workspace.store.agents(profile: Profile.sandboxName)
        func agent() throws -> String? {
            let id = try workspace.number(e164(0))?.agentID
            return agents.first { $0.id == id }?.name
        }
        let id = try rule(workspace).id
        #expect(try workspace.number(e164(0))?.dispatchRuleIDs == [id])
        #expect(try agent() == "support")
        _ = await workspace.run("dispatch update own --agents [night] --replace")
        #expect(try agent() == "night")
        _ = await workspace.run("dispatch update own --add-trunk-ids main --remove-trunk-ids +14155550100 --replace")
        #expect(try agent() == nil)
        #expect(try workspace.number(e164(0))?.dispatchRuleIDs == [])
        _ = await workspace.run("dispatch update own --trunk-ids +14155550100")
        #expect(try agent() == "night")
        let deleted = await workspace.run("dispatch delete own --force")
        #expect(deleted.notes.contains { $0.hasPrefix("+14155550100 stops working") }, "\(deleted.notes)")
        #expect(try agent() == nil)
        #expect(try workspace.number(e164(0))?.dispatchRuleIDs == [])
    }

    // MARK: Update

    @Test func anUpdateChangesWhatIsGiven() async throws {
        let workspace = try await Workspace.after(
            Self.setUp,
            Self.desk
                + " --pin 4711 --attributes {a: '1', b: '2'} --room-config {max_participants: 3} --callers +13105550100"
        )
        let outcome = await workspace.run(
            "dispatch update desk --attributes {a: '', c: '3'} --agents [night] --krisp --metadata m")
        #expect(outcome.status == 0, "\(outcome.problem) \(outcome.faults)")
        var rule = try rule(workspace)
        #expect(rule.attributes == ["b": "2", "c": "3"])
        #expect(rule.agents == [AgentTarget(dispatchName: "night")])
        #expect(rule.document["room_config.max_participants"] == 3)
        #expect(rule.pin == Secret("4711") && rule.callers == ["+13105550100"] && rule.metadata == "m")
        _ = await workspace.run("dispatch update desk --room-config {empty_timeout: 9, max_participants: nothing}")
        rule = try self.rule(workspace)
        #expect(rule.agents == [AgentTarget(dispatchName: "night")])
        #expect(rule.document["room_config.empty_timeout"] == 9 && rule.document["room_config.max_participants"] == nil)
        let misspelt = await workspace.run("dispatch update desk --room-config {max_participant: 3}")
        #expect(misspelt.help == "did you mean 'max_participants'?", "\(misspelt.problem)")
        _ = await workspace.run("dispatch update desk --direct lobby --callers []")
        rule = try self.rule(workspace)
        #expect(rule.kind == .direct && rule.room == "lobby" && rule.pin == Secret("4711") && rule.callers == [])
        _ = await workspace.run("dispatch update desk --pin ''")
        #expect(try self.rule(workspace).pin == nil)
        _ = await workspace.run("dispatch update desk --individual x- --no-randomness")
        #expect(try !self.rule(workspace).isRandom && self.rule(workspace).room == "x-")
        #expect(await workspace.run("dispatch update desk").status == 2)
        let same = await workspace.run("dispatch update desk --individual x-")
        #expect(same.notes.first?.contains("unchanged") == true && same.status == 0)
    }

    @Test(arguments: ["--trunk-ids []", "--trunk-ids ''", "--remove-trunk-ids main"])
    func takingEveryTrunkHasToBeMeant(flags: String) async throws {
        let workspace = try await Workspace.after(Self.setUp, Self.desk)
        let refused = await workspace.run("dispatch update desk " + flags)
        #expect(refused.error?.code == .invalidArgument, "\(refused.faults) \(refused.notes)")
        #expect(try rule(workspace).trunkIDs.count == 1)
        #expect(await workspace.run("dispatch update desk \(flags) --catch-all").status == 0)
        #expect(try rule(workspace).trunkIDs == [])
    }

    /// A rule keeps ids of trunks that are gone; they can be taken out and need not be.
    @Test func idsOfWhatIsGoneAreNoObstacle() async throws {
        let workspace = try await Workspace.after(Self.setUp)
        workspace.carrier.hold(foreignRule("SDR_z", name: "old", trunkIDs: ["ST_gone"]))
        #expect(await workspace.run("dispatch update old --add-trunk-ids [(trunk get main) ST_gone]").status == 0)
        #expect(try rule(workspace).trunkIDs == ["ST_gone"] + workspace.carrier.trunks.map(\.id))
        let outcome = await workspace.run("dispatch update old --remove-trunk-ids [ST_gone ST_never]")
        #expect(outcome.status == 0, "\(outcome.problem)")
        #expect(try rule(workspace).trunkIDs == workspace.carrier.trunks.map(\.id))
    }

    // MARK: Replace and delete

    @Test func aReplacementNeverUnbindsANumberSilently() async throws {
        let workspace = try await Workspace.after(
            Self.setUp, "dispatch create --name own --direct lobby --trunk-ids [+14155550100 main] --pin 1")
        let refused = await workspace.run("dispatch replace own --direct hall --trunk-ids main")
        #expect(refused.error?.code == .conflict && refused.problem.contains("+14155550100"), "\(refused.faults)")
        let kept = await workspace.run("dispatch replace own --direct hall --trunk-ids +14155550100")
        #expect(kept.status == 0, "\(kept.problem)")
        #expect(try rule(workspace).room == "hall" && rule(workspace).pin == nil && rule(workspace).name == "")
        let id = try rule(workspace).id
        #expect(await workspace.run("dispatch replace \(id) --direct hall --trunk-ids main --force").status == 0)
        #expect(try workspace.number(e164(0))?.dispatchRuleIDs == [])
    }

    @Test func aDeletionSaysWhatItCosts() async throws {
        let workspace = try await Workspace.after(
            Self.setUp, "dispatch create --name desk --direct lobby --trunk-ids [main +14155550100]",
            "dispatch create --name second --direct hall --trunk-ids main --pin 1")
        let outcome = await workspace.run("dispatch delete desk")
        #expect(outcome.status == 0, "\(outcome.problem)")
        #expect(outcome.notes.contains { $0.hasPrefix("+14155550100 stops working") })
        #expect(!outcome.notes.contains { $0.hasPrefix("+15105550100") }, "\(outcome.notes)")
        let last = await workspace.run("dispatch delete second")
        #expect(last.notes.contains { $0.hasPrefix("+15105550100 stops working") }, "\(last.notes)")
        #expect(workspace.carrier.rules == [])
        #expect(await workspace.run("dispatch delete desk").error?.code == .notFound)
    }
}
