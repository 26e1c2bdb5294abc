import AllProviders
import FoundationEssentials
import Glibc
import Switchboard
import Synchronization
import SwitchboardTerminal
import SwitchboardTestKit
import Testing

@testable import SwitchboardTool

@Suite struct PromptHistoryTests {
    /// A folder, and what the histories in it have told.
    private final class Rig: Sendable {
        let folder = "/tmp/switchboard-prompt-\(UInt64.random(in: 0...UInt64.max))"
        let told = Mutex<[String]>([])

        init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        var path: String { folder + "/history.jsonl" }

        func session(_ path: String? = nil) -> PromptHistory {
            PromptHistory(path: path ?? self.path) { line in self.told.withLock { $0.append(line) } }
        }
    }

    private let rig: Rig

    init() throws { rig = try Rig() }

    @Test func sessionsShareOneHistory() throws {
        let (one, other) = (rig.session(), rig.session())
        #expect(one.lines.isEmpty)
        let id = one.add("list", profile: "acme")
        #expect(other.lines == ["list"], "it is there before it has run")
        one.finish(id, exit: 0, milliseconds: 12, run: "run_1")
        _ = other.add("each r {\n  print $r\n}", profile: "acme")
        _ = one.add("list", profile: "acme")
        for session in [one, other, rig.session()] { #expect(session.lines == ["each r {\n  print $r\n}", "list"]) }
        let last = try #require(one.search("LIST".lowercased(), before: nil))
        #expect(last.text == "list" && last.remark.hasSuffix(" acme"))
        #expect(one.search("print", before: last.index)?.text == "each r {\n  print $r\n}")
        #expect(try String(contentsOfFile: rig.path, encoding: .utf8).contains(#""exit":0,"ms":12,"run":"run_1""#))
    }

    @Test(arguments: ["", " list", "\tlist", "\n"])
    func aBlankInFrontKeepsAStatementOut(text: String) {
        let session = rig.session()
        #expect(session.add(text, profile: "p") == nil)
        session.finish(nil, exit: 0, milliseconds: 1)
        #expect(session.lines.isEmpty && access(rig.path, F_OK) != 0)
    }

    @Test func searchSeesWhatUpDoesNot() throws {
        let writer = rig.session()
        for number in 1...4000 { _ = writer.add("statement number \(number) of very many", profile: "profile") }
        let session = rig.session()
        let lines = session.lines
        #expect(lines.last == "statement number 4000 of very many" && lines.count < 4000)
        #expect(session.search("number 17 of", before: nil)?.text == "statement number 17 of very many")
        #expect(session.search("not there", before: nil) == nil)
        let newest = try? #require(session.search("7 of very", before: nil))
        var (place, texts) = (newest?.index, [newest?.text])
        while let found = session.search("7 of very", before: place) {
            texts.append(found.text)
            place = found.index
        }
        #expect(texts.count == 400 && Set(texts).count == 400 && texts.last == "statement number 7 of very many")
    }

    @Test func aFolderThatCannotBeWrittenIsToldOfOnce() {
        let session = rig.session("/proc/history.jsonl")
        let id = session.add("list", profile: "p")
        session.finish(id, exit: 0, milliseconds: 1)
        _ = session.add("help", profile: "p")
        #expect(session.lines == ["list", "help"])
        #expect(session.search("he", before: nil)?.text == "help")
        let told = rig.told.withLock { $0 }
        #expect(told.count == 1 && told[0].hasPrefix("the history is kept for this session only: cannot open /proc"))
    }

    @Test func withoutAFileItIsTheSessionsOwn() {
        let session = PromptHistory(path: nil) { _ in }
        _ = session.add("list", profile: "p")
        #expect(session.lines == ["list"])
    }

    @Test func whatBecomesASecretIsForgotten() {
        let sessions = [rig.session(), rig.session("/proc/history.jsonl"), PromptHistory(path: nil) { _ in }]
        for session in sessions {
            _ = session.add("let pw = 'hunter2'", profile: "p")
            _ = session.add("print ('hunter2", profile: "p")
            _ = session.add("list", profile: "p")
            #expect(session.lines.count == 3 && session.search("hunter", before: nil) != nil)
            session.forget(["hunter2"]) { $0.contains("(") ? nil : $0.replacing("'hunter2'", with: "(secret)") }
            #expect(session.lines == ["let pw = (secret)", "list"])
            #expect(session.search("hunter", before: nil) == nil)
        }
        #expect((try? String(contentsOfFile: rig.path, encoding: .utf8))?.contains("hunter") == false)
    }

    @Test func aNULKeepsAStatementOut() {
        let session = rig.session()
        #expect(session.add("print 'a\u{0}b'", profile: "p") == nil)
        #expect(session.lines.isEmpty)
    }

    @Test func secretsOfTheProfileAreTakenOut() throws {
        let engine = try Engine(plugins: AllProviders.plugins)
        let environment = Profile(name: "env", origin: .environment(["LIVEKIT_API_SECRET": "hunter4"]))
        let settings = ProviderSettings(plain: [:], secrets: ["api_secret": Secret("hunter5")])
        let given = Profile(name: "given", origin: .given(["livekit": settings]))
        #expect(engine.redacted("print 'hunter4' 'hunter5'", profile: environment) == "print (secret) 'hunter5'")
        #expect(engine.redacted("print 'hunter4' 'hunter5'", profile: given) == "print 'hunter4' (secret)")
    }

    @Test func aLineOfThePromptsOwnIsJudgedByItsStatement() {
        func redact(_ text: String) -> String? {
            text.contains("(") ? nil : text.replacing("hunter2", with: "(secret)")
        }
        #expect(PromptHistory.kept(":watch 5s print hunter2", redact: redact) == ":watch 5s print (secret)")
        #expect(PromptHistory.kept(":mode json", redact: redact) == ":mode json")
        #expect(PromptHistory.kept(":plan (hunter2", redact: redact) == nil)
        #expect(PromptHistory.kept("print hunter2", redact: redact) == "print (secret)")
    }
}
