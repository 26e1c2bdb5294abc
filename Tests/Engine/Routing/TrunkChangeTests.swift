import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// `trunk get`, `list`, `update`, `replace` and `delete`.
@Suite struct TrunkChangeTests {
    private static let main = "trunk create --name main --numbers [+15105550100 +15105550101]"

    private func numbers(_ workspace: Workspace) -> [String] { workspace.carrier.trunks.first?.numbers ?? [] }

    // MARK: Naming and listing

    @Test func aTrunkIsNamedByEitherIDByNameOrByARecord() async throws {
        let workspace = try await Workspace.after(Self.main)
        let row = try #require(try workspace.rows.first)
        let names = [row.id, try #require(row.inboundTrunkID), "main", "'main'", "(trunk list | first)"]
        for name in names {
            let outcome = await workspace.run("trunk get \(name)")
            #expect(outcome.shownField("id") == .id(row.id), "\(name): \(outcome.problem) \(outcome.faults)")
        }
        let unknown = await workspace.run("trunk get mainn")
        #expect(unknown.error?.code == .notFound && unknown.help == "did you mean 'main'?")
    }

    @Test func theListHasEveryTrunkOfThePlatform() async throws {
        let workspace = try await Workspace.after(
            Self.main, "trunk create --name out --address a.example --numbers +15105550100")
        workspace.carrier.hold(foreignTrunk("ST_z", name: "theirs", numbers: ["1 510 555 0109"]))
        let all = await workspace.run("trunk list | select .name .kind .direction | print")
        #expect(
            all.printed.first
                == "[{name: 'main', kind: 'byoc', direction: 'inbound'} {name: 'out', kind: 'byoc', direction: 'outbound'} "
                + "{name: 'theirs', kind: 'fake', direction: 'inbound'}]", "\(all.printed)")
        func names(_ flags: String) async -> String? {
            await workspace.run("for t in (trunk list \(flags)) { print $t.name }").printed.joined(separator: " ")
        }
        #expect(await names("--direction outbound") == "out")
        #expect(await names("--numbers +15105550100") == "main out")
        #expect(await names("--numbers [+15105550109] --direction inbound") == "theirs")
        workspace.carrier.hold(foreignTrunk("ST_zz", name: "any"))
        #expect(await names("--numbers +15105550109") == "theirs any")
    }

    @Test func whatOnlyTheLedgerHasIsTold() async throws {
        let workspace = try await Workspace.after(Self.main)
        let row = try #require(try workspace.rows.first)
        workspace.carrier.takeAway(trunk: row.inboundTrunkID ?? "")
        let list = await workspace.run("trunk list")
        #expect(list.shown == [.list([])])
        #expect(list.notes == ["the platform has the trunk 'main' (\(row.id)) no more"])
        #expect(await workspace.run("trunk get \(row.id)").error?.code == .notFound)
        let deleted = await workspace.run("trunk delete \(row.id)")
        #expect(deleted.status == 0, "\(deleted.problem)")
        #expect(try workspace.rows == [])
        #expect(await workspace.run("trunk delete \(row.id)").status == 2)
    }

    // MARK: Update

    @Test func anUpdateChangesWhatIsGiven() async throws {
        let workspace = try Workspace()
        try workspace.keep("hunter2", as: "acme")
        _ = await workspace.run(
            Self.main + " --auth-username acme --auth-password (secret acme) --headers {X-A: 'b'} --codecs [PCMU]"
                + " --metadata m --krisp")
        let outcome = await workspace.run(
            "trunk update main --name desk --metadata '' --no-krisp --media-timeout 30s --add-allowed-numbers +13105550100"
        )
        #expect(outcome.status == 0, "\(outcome.problem) \(outcome.faults)")
        let trunk = try #require(workspace.carrier.trunks.first)
        #expect(trunk.name == "desk" && trunk.metadata == "" && !trunk.document.flag("krisp_enabled"))
        #expect(trunk.numbers == ["+15105550100", "+15105550101"])
        #expect(trunk.password == Secret("hunter2") && trunk.document.map("headers") == ["X-A": "b"])
        #expect(trunk.document.text("media.media_timeout") == "30s")
        #expect(trunk.document["media.codecs"] == [["name": "PCMU"]])
        #expect(trunk.allowedNumbers == ["+13105550100"])
        #expect(try workspace.rows.map(\.name) == ["desk"])
        #expect(try workspace.journal.last == "trunk-change done")
    }

    @Test func listsAreEdited() async throws {
        let workspace = try await Workspace.after(Self.main)
        _ = await workspace.run("trunk update main --add-numbers ['1 510 555 0102' +15105550100]")
        #expect(numbers(workspace) == ["+15105550100", "+15105550101", "+15105550102"])
        _ = await workspace.run(
            "trunk update main --remove-numbers ['1 (510) 555-0101' +15105550109] --add-numbers +15105550103")
        #expect(numbers(workspace) == ["+15105550100", "+15105550102", "+15105550103"])
        _ = await workspace.run("trunk update main --numbers [+15105550104]")
        #expect(numbers(workspace) == ["+15105550104"])
    }

    /// A number that others have spelt in their own way is found, and one that nobody speaks of is left as it is.
    @Test func otherSpellingsAreFoundAndKept() async throws {
        let workspace = try Workspace()
        workspace.carrier.hold(foreignTrunk("ST_z", name: "theirs", numbers: ["1 510 555 0100", "1 510 555 0101"]))
        _ = await workspace.run("trunk update theirs --remove-numbers +15105550100")
        #expect(numbers(workspace) == ["1 510 555 0101"])
        _ = await workspace.run("trunk update theirs --name ours")
        #expect(numbers(workspace) == ["1 510 555 0101"])
    }

    @Test(arguments: ["--numbers []", "--numbers ''", "--remove-numbers [+15105550100 +15105550101]"])
    func takingEveryCallHasToBeMeant(flags: String) async throws {
        let workspace = try await Workspace.after(Self.main + " --allowed-addresses 54.172.60.0/30")
        let refused = await workspace.run("trunk update main " + flags)
        #expect(refused.error?.code == .invalidArgument, "\(refused.faults)")
        #expect(numbers(workspace).count == 2)
        #expect(await workspace.run("trunk update main \(flags) --catch-all").status == 0)
        #expect(numbers(workspace) == [])
        #expect(await workspace.run("trunk update main --name open").status == 0)
    }

    @Test func nothingToChangeIsAFault() async throws {
        let workspace = try await Workspace.after(Self.main)
        #expect(await workspace.run("trunk update main").status == 2)
        #expect(await workspace.run("trunk replace main").status == 2)
        let same = await workspace.run("trunk update main --add-numbers +15105550100 --name main")
        #expect(same.status == 0 && same.notes.first?.contains("unchanged") == true)
        #expect(workspace.carrier.count(.changeTrunk) == 0)
        let stranger = await workspace.run("trunk update main --transport tls")
        #expect(stranger.error?.code == .invalidArgument && stranger.problem.contains("--transport"))
    }

    /// Columns name trunks and what becomes of them; an empty cell says nothing.
    @Test func rowsChangeTrunks() async throws {
        let workspace = try await Workspace.after(
            Self.main + " --metadata m", "trunk create --name out --address a.example --numbers +15105550100")
        let path = try workspace.file("t.csv", "trunk,name,address,metadata\nmain,desk,,\nout,,b.example,x\n")
        let outcome = await workspace.run(
            "read \(path) --columns {trunk: string, name: string?, address: string?, metadata: string?} | trunk update")
        #expect(outcome.status == 0, "\(outcome.problem) \(outcome.faults)")
        #expect(
            workspace.carrier.trunks.map { [$0.name, $0.address, $0.metadata] } == [
                ["desk", "", "m"], ["out", "b.example", "x"],
            ])
    }

    @Test func theUserGoesWithItsPassword() async throws {
        let workspace = try Workspace()
        try workspace.keep("hunter2", as: "acme")
        _ = await workspace.run(Self.main + " --auth-username acme --auth-password (secret acme)")
        let outcome = await workspace.run("trunk update main --auth-username ''")
        #expect(outcome.status == 0, "\(outcome.problem)")
        #expect(workspace.carrier.trunks.map(\.hasPassword) == [false])
    }

    // MARK: Replace

    @Test func aFileAboutAnotherTrunkIsRefused() async throws {
        let workspace = try await Workspace.after(Self.main)
        let path = try workspace.file("t.json", #"{"sipTrunkId":"ST_other","numbers":["+15105550109"]}"#)
        let outcome = await workspace.run("trunk replace main --file \(path)")
        #expect(outcome.error?.code == .invalidArgument && outcome.problem.contains("ST_other"), "\(outcome.problem)")
        #expect(numbers(workspace).count == 2)
    }

    @Test func aReplacementLosesWhatItDoesNotSayButThePassword() async throws {
        let workspace = try Workspace()
        try workspace.keep("hunter2", as: "acme")
        let flags = " --auth-username acme --auth-password (secret acme) --headers {X-A: 'b'}"
        _ = await workspace.run(Self.main + flags)
        let id = try #require(workspace.carrier.trunks.first?.id)
        let outcome = await workspace.run("trunk replace main --numbers +15105550109 --auth-username acme")
        #expect(outcome.status == 0, "\(outcome.problem) \(outcome.faults)")
        var trunk = try #require(workspace.carrier.trunks.first)
        #expect(trunk.id == id && trunk.name == "" && trunk.numbers == ["+15105550109"])
        #expect(trunk.document.map("headers") == [:])
        #expect(trunk.password == Secret("hunter2"))
        #expect(try workspace.rows.map(\.name) == [""])
        let other = await workspace.run("trunk replace \(id) --numbers +15105550109 --auth-username other")
        #expect(other.problem == "there is a user name and no password")
        _ = await workspace.run("trunk replace \(id) --numbers +15105550109")
        trunk = try #require(workspace.carrier.trunks.first)
        #expect(trunk.authUsername == "" && trunk.password == nil)
    }

    // MARK: Delete

    @Test func aDeletionSaysWhatItCosts() async throws {
        let workspace = try await Workspace.after(
            Self.main, "trunk create --name rest --numbers [+15105550109]",
            "dispatch create --name desk --individual call- --trunk-ids main")
        let rule = try #require(workspace.carrier.rules.first?.id)
        let outcome = await workspace.run("trunk delete main rest main")
        #expect(outcome.status == 0, "\(outcome.problem)")
        #expect(workspace.carrier.trunks == [])
        #expect(try workspace.rows == [])
        #expect(workspace.carrier.count(.deleteTrunk) == 2)
        for number in ["+15105550100", "+15105550101", "+15105550109"] {
            #expect(outcome.notes.contains { $0.hasPrefix("\(number) stops working") }, "\(outcome.notes)")
        }
        #expect(outcome.notes.contains { $0.contains(rule) && $0.contains("goes on naming") }, "\(outcome.notes)")
        guard case .list(let deleted)? = outcome.shown.first else {
            Issue.record("no list is shown")
            return
        }
        #expect(deleted.count == 2)
    }

    @Test func whatAnotherTrunkCarriesDoesNotStop() async throws {
        let workspace = try await Workspace.after(Self.main)
        workspace.carrier.hold(foreignTrunk("ST_z", name: "any"))
        let outcome = await workspace.run("trunk delete main")
        #expect(!outcome.notes.contains { $0.contains("stops working") }, "\(outcome.notes)")
    }

    @Test func whatFlowsInIsDeleted() async throws {
        let workspace = try await Workspace.after(Self.main, "trunk create --name rest --numbers [+15105550109]")
        let outcome = await workspace.run("trunk list | where .name == 'rest' | trunk delete")
        #expect(outcome.status == 0, "\(outcome.faults) \(outcome.problem)")
        #expect(workspace.carrier.trunks.map(\.name) == ["main"])
    }

    /// The id of one direction means that direction, also where the workspace has both in one trunk.
    @Test func aHalfIsChangedAndDeletedByItsOwnID() async throws {
        let workspace = try await Workspace.after(
            "trunk create --name both --direction both --numbers +15105550100 --address acme.example",
            "import +15105550101 --source byoc --trunk-id both")
        func half(_ direction: SIPTrunk.Direction) throws -> SIPTrunk {
            try #require(workspace.carrier.trunks.first { $0.direction == direction })
        }
        let (inbound, outbound) = (try half(.inbound).id, try half(.outbound).id)
        #expect(await workspace.run("trunk update both --metadata x").help.contains(outbound))
        #expect(await workspace.run("trunk update \(outbound) --address other.example").status == 0)
        #expect(try half(.outbound).document.text("address") == "other.example")
        #expect(await workspace.run("trunk update \(inbound) --metadata in").status == 0)
        #expect(try half(.inbound).metadata == "in")

        let outcome = await workspace.run("trunk delete \(outbound) \(outbound)")
        #expect(outcome.status == 0, "\(outcome.problem)")
        #expect(workspace.carrier.trunks.map(\.id) == [inbound])
        #expect(!outcome.notes.contains { $0.hasPrefix("+15105550101") }, "calls to it come in as before")
        #expect(try workspace.rows.map(\.direction) == [.inbound])
        #expect(await workspace.run("drift").status == 0)
        #expect(await workspace.run("trunk delete \(inbound)").notes.contains { $0.hasPrefix("+15105550101 stops") })
        #expect(try workspace.rows.isEmpty)
    }

    @Test func aTrunkThatIsNamedWholeAndInPartIsDeletedOnce() async throws {
        let workspace = try await Workspace.after(
            "trunk create --name both --direction both --numbers +15105550100 --address acme.example")
        let id = try #require(workspace.carrier.trunks.first?.id)
        #expect(await workspace.run("trunk delete both \(id)").status == 0)
        #expect(workspace.carrier.trunks == [])
        #expect(workspace.carrier.count(.deleteTrunk) == 2)
    }

    @Test func oneUnknownNameKeepsAll() async throws {
        let workspace = try await Workspace.after(Self.main)
        #expect(await workspace.run("trunk delete main nobody").error?.code == .notFound)
        #expect(workspace.carrier.trunks.count == 1)
    }

    /// On a live profile somebody has to say so where numbers stop working; where none does, nobody is asked.
    @Test(arguments: [true, false]) func aLiveProfileAsks(answer: Bool) async throws {
        let asked = Asked(answer)
        let workspace = try Workspace(plugins: [Plugin(provider: FarProvider.self)], confirm: asked.ask)
        workspace.carrier.hold(foreignTrunk("ST_a", name: "main", numbers: ["+15105550100"]))
        workspace.carrier.hold(foreignTrunk("ST_b", .outbound, name: "bare"))
        let outcome = await workspace.run("trunk delete main", origin: FarProvider.origin)
        #expect(outcome.status == (answer ? 0 : 1), "\(outcome.problem)")
        #expect(asked.questions.count == 1 && asked.questions.first?.contains("1 number stops working") == true)
        #expect(workspace.carrier.trunks.map(\.id) == (answer ? ["ST_b"] : ["ST_a", "ST_b"]))
        _ = await workspace.run("trunk delete bare", origin: FarProvider.origin)
        #expect(asked.questions.count == 1)
        _ = await workspace.run("trunk create --name again --numbers +15105550105; trunk delete again")
        #expect(asked.questions.count == 1)
    }
}
