import FoundationEssentials
import Switchboard
import SwitchboardTerminal
import SwitchboardTestKit
import Testing

@testable import SwitchboardTool

/// What Tab does at the prompt; the cursor is written `^`.
@Suite struct PromptCompletionTests {
    private static let profile = Profile(name: "sandbox", origin: .sandbox)

    private let engine: Engine
    private let completion: PromptCompletion

    init() throws {
        let store = MemoryStore()
        let names = ["support-en", "support-de", "night desk", "night owl", "odd\u{202E}one", "odd\u{202E}two"]
        let agents = names.enumerated().map { number, name in
            LedgerChange.putAgent(
                Agent(id: "agent_\(number)", name: name, dispatchName: name, createdAt: Date(timeIntervalSince1970: 0)))
        }
        let number = OwnedNumber(
            provider: "livekit", providerID: "PN_1", e164: try #require(E164("+14155550100")), status: .active,
            countryCode: "US")
        let bought = WorkspaceNumber(id: "phone_1", source: .livekit, owned: number, at: Date(timeIntervalSince1970: 0))
        try store.apply(agents + [.putNumber(bought)], profile: "sandbox")
        engine = Engine(
            registry: try Switchboard.registry(plugins: []), store: store, host: Host(transport: ScriptedTransport([])))
        let context = PromptContext(Self.profile)
        var report = RunReport(status: .succeeded)
        report.bindings = [Engine.Binding(name: "half", value: .int(1), type: .int)]
        context.take(report, showing: nil)
        completion = PromptCompletion(engine: engine, context: context, jobs: Jobs())
    }

    private func complete(_ marked: String) -> (text: String, items: [ListItem]) {
        let parts = marked.split(separator: "^", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let text = parts.joined()
        let completion = completion
        let answer = completion.complete(text, at: parts[0].utf8.count)
        let bytes = Array(text.utf8)
        let whole = bytes[..<answer.start] + Array(answer.replacement.utf8) + bytes[answer.end...]
        return (String(decoding: whole, as: UTF8.self), answer.items)
    }

    @Test(arguments: [
        // One candidate is written whole, a blank behind it where more may follow
        ("agent a^", "agent add "), ("agent a^ support", "agent add support"), ("print $ha^", "print $half"),
        ("list --unb^", "list --unbound "), ("bind-agent support-d^", "bind-agent support-de "),
        // Several: what they have in common
        ("bind-agent s^", "bind-agent support-"), ("bind-agent port^", "bind-agent support-"),
        ("bind-agent nig^", "bind-agent 'night "), ("bind-agent 'n^", "bind-agent 'night "),
        ("bind-agent ^", "bind-agent "), ("unbind-agent ^", "unbind-agent +14155550100 "),
        ("bind-agent 'night o^", "bind-agent 'night owl' "),
        ("bind-agent e^", "bind-agent e"), ("wai^", "wait"), ("nothing li^ke it", "nothing like it"),
        // The prompt's own commands
        (":mo^", ":mo"), (":mod^", ":mode "), (":mode j^", ":mode json"), (":mode t^", ":mode table "),
        (":watch 5s age^", ":watch 5s agent "),
        (":watch 5^ list", ":watch 5 list"), (":bg list --unb^", ":bg list --unbound "),
        (":profile san^", ":profile sandbox "), (":mode json x^", ":mode json x"),
        (":help numb^", ":help number"), (":help tim^", ":help time "), (":undo --d^", ":undo --dry-run "),
        (":edit agent ad^", ":edit agent add "), (":watch 5s trunk cr^", ":watch 5s trunk cr"),
        (":watch 5s trunk lis^", ":watch 5s trunk list "),
        // Topics, types and codes
        ("help top^", "help top"), ("help secre^", "help secret"), ("help trunk cr^", "help trunk create "),
        ("help C01^", "help C01"), ("help decim^", "help decimal "),
        // What a line cannot show is an escape
        ("agent get odd^", "agent get \"odd\\u{202E}"),
        ("agent get \"odd\\u{202E}o^", "agent get \"odd\\u{202E}one\" "),
        (" :mod^", " :mode "), (":x^", ":x"), (":more li^", ":more li"), (":x li^", ":x li"),
    ])
    func tabWrites(marked: String, text: String) { #expect(complete(marked).text == text) }

    @Test func runsAreToldApart() async throws {
        for (name, what) in [("a", "agent add a"), ("b", nil)] {
            var request = Engine.Request(text: "agent add \(name)", named: "add.swb", profile: Self.profile)
            request.title = what
            _ = await engine.run(request) { _ in }
        }
        let runs = try engine.store.runs(limit: 9).map(\.id)
        for marked in ["undo ^", ":undo ^"] {
            let (text, items) = complete(marked)
            #expect(text == String(marked.dropLast()))
            #expect(items.map(\.text) == ["last"] + runs + ["--dry-run"], "\(marked)")
            #expect(items.dropFirst().prefix(2).map(\.help) == ["add.swb (succeeded)", "agent add a (succeeded)"])
        }
        #expect(complete(":undo la^").text == ":undo last ")
        #expect(completion.hint(":undo ", at: 6)?.hasPrefix("<run>") == true)
    }

    @Test func severalAreListedWithTheirHelp() {
        #expect(
            complete("bind-agent supp^").items == [
                ListItem(text: "support-de", help: "agent_1"), ListItem(text: "support-en", help: "agent_0"),
            ])
        #expect(complete(":mo^").items.map(\.text) == [":mode", ":more"])
        #expect(complete(":mo^").items.allSatisfy { !$0.help.isEmpty })
        #expect(complete(":mode ^").items.map(\.text) == ResultMode.allCases.map(\.rawValue))
        #expect(complete("agent add^").items.isEmpty)
        #expect(complete("agent get odd^").items.map(\.text) == [#""odd\u{202E}one""#, #""odd\u{202E}two""#])
        #expect(complete("help numb^").items.map(\.text) == ["number", "numbers"])
        #expect(complete(":help numb^").items.allSatisfy { !$0.help.isEmpty })
        #expect(complete("help C01^").items.map(\.text).contains("C012"))
    }

    @Test func valuesStandInFrontOfFlags() {
        let texts = complete("bind-agent ^").items.map(\.text)
        #expect(texts.prefix(6).allSatisfy { !$0.hasPrefix("--") } && texts[6...].allSatisfy { $0.hasPrefix("--") })
        #expect(texts.count > 6)
        #expect(complete("bind-agent --^").items.allSatisfy { $0.text.hasPrefix("--") })
    }

    @Test func everyPlaceHasAnAnswer() {
        let text = ":watch 5s list é | where .label == 'x'\n:mode 'a"
        for offset in 0...text.utf8.count {
            guard let end = String(text.utf8.prefix(offset)) else { continue }
            #expect(complete(end + "^" + text.dropFirst(end.count)).text.hasPrefix(String(end.prefix(1))))
        }
    }

    @Test func aHintTellsWhatFollows() {
        #expect(completion.hint("bind-agent ", at: 11) == "<agent> --number phone [--replace]")
        #expect(completion.hint(":watch 5s bind-agent ", at: 21) == "<agent> --number phone [--replace]")
        #expect(completion.hint("list | ", at: 7) == "| ..")
        #expect(completion.hint("bind-agent 'a", at: 13)?.hasPrefix("<agent>") == true)
        #expect(completion.hint("bind-agent 'a\nb", at: 15) == "' ..")
        #expect(completion.hint(":watch 5s each n {", at: 18) == "{ ..")
        #expect(completion.hint("", at: 0) == nil)
        #expect(completion.hint(":mode ", at: 6) == "[MODE]" && completion.hint(":mode j", at: 7) == nil)
        #expect(
            completion.hint(":watch ", at: 7) == "TIME STATEMENT [--times N]" && completion.hint(":jobs ", at: 6) == nil
        )
        #expect(completion.hint(":undo ", at: 6)?.hasPrefix("<run>") == true)
    }

    // MARK: Files

    @Test func pathsAreCompletedAndQuoted() throws {
        let folder = "/tmp/switchboard-files-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder + "/sub dir/inner", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["numbers.csv", "numbers 2.csv", ".hidden", "sub dir/o'clock.csv", "東京.csv", "bad\nname"] {
            try Data().write(to: URL(filePath: "\(folder)/\(name)"))
        }
        #expect(complete("read \(folder)/東^").text == "read \(folder)/東京.csv ")
        #expect(complete("read \(folder)/su^").text == "read '\(folder)/sub dir/")
        #expect(complete("read '\(folder)/sub dir/i^").text == "read '\(folder)/sub dir/inner/")
        #expect(complete("read '\(folder)/sub dir/o^").text == "read \"\(folder)/sub dir/o'clock.csv\" ")
        #expect(complete("read \(folder)/numbers.^").text == "read \(folder)/numbers.csv ")
        #expect(complete("read \(folder)/.h^").text == "read \(folder)/.hidden ")
        let all = complete("read \(folder)/^").items.map(\.text)
        #expect(all == ["numbers 2.csv", "numbers.csv", "sub dir/", "東京.csv"])
        #expect(complete("read \(folder)/nothing/^").items.isEmpty)
        #expect(complete("write \(folder)/bad^").text == "write \"\(folder)/bad\\nname\" ")
        #expect(complete("read \(folder)/b^").text == "read \"\(folder)/bad\\nname\" ", "nothing else begins so")
        #expect(complete(":save \(folder)/numbers 2^").text == ":save \(folder)/numbers 2.csv ")
    }

    @Test func theHomeFolderIsWrittenOut() throws {
        let home = try #require(ProcessInfo.processInfo.environment["HOME"])
        let name = "switchboard-home-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: "\(home)/\(name)", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: "\(home)/\(name)") }
        for file in ["a one.csv", "a two.csv"] { try Data().write(to: URL(filePath: "\(home)/\(name)/\(file)")) }
        #expect(complete("read ~/\(name)^").text == "read \(home)/\(name)/")
        #expect(complete("read ~/\(name)/^").text == "read '\(home)/\(name)/a ")
    }
}
