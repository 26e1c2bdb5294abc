import Glibc
import Testing

@testable import SwitchboardTerminal

/// The file that sessions share, with other processes that write to it at the same time.
@Suite struct HistoryFileTests {
    private let folder: HistoryFolder
    private var path: String { folder.path + "/history.jsonl" }

    init() throws { folder = try HistoryFolder() }

    private func file(capacity: Int = 50_000) -> HistoryFile { HistoryFile(path: path, capacity: capacity) }

    private func texts(_ file: HistoryFile) -> [String] { file.news().entries.map(\.text).filter { !$0.isEmpty } }

    private func content() throws -> String { try HistoryFolder.read(path) }

    @Test func aStatementIsOneLineOfJSON() throws {
        var entry = HistoryEntry(text: "each r {\n  print \"é\\t\u{1}\"\n}", profile: "acme", time: 1_790_000_000)
        entry.id = "x1"
        let file = file()
        try file.append(entry)
        try file.append(HistoryEntry(endOf: "x1", exit: 130, milliseconds: 20, run: "run_1"))
        #expect(
            try content() == """
                {"id":"x1","time":"2026-09-21T14:13:20Z","profile":"acme",\
                "text":"each r {\\n  print \\"é\\\\t\\u0001\\"\\n}"}
                {"id":"x1","exit":130,"ms":20,"run":"run_1"}

                """)
        let read = self.file().news().entries
        #expect(read.first == entry)
        #expect(read.last?.exit == 130 && read.last?.milliseconds == 20 && read.last?.run == "run_1")
    }

    @Test func itIsForThisUserAlone() throws {
        try file().append(HistoryEntry(text: "a", profile: "p"))
        #expect(try HistoryFolder.mode(path) == 0o600)
        chmod(path, 0o644)
        try file().append(HistoryEntry(text: "b", profile: "p"))
        #expect(try HistoryFolder.mode(path) == 0o600)
    }

    @Test func whatOthersAddIsSeenAtTheNextLook() throws {
        let (one, other) = (file(), file())
        try one.append(HistoryEntry(text: "a", profile: "p"))
        #expect(texts(other) == ["a"])
        try one.append(HistoryEntry(text: "b", profile: "p"))
        try other.append(HistoryEntry(text: "c", profile: "p"))
        #expect(texts(other) == ["b", "c"])
        #expect(texts(other).isEmpty)
        #expect(texts(one) == ["a", "b", "c"])
    }

    @Test func aDamagedLineLosesNoOther() throws {
        let file = file()
        try file.append(HistoryEntry(text: "a", profile: "p"))
        try HistoryFolder.append(
            path, Array("{\"id\":\"q\",\"text\":\"ab\\u12\"}\nnull\n{}\n\u{0}\u{0}\n".utf8) + [0x7B, 0xFF, 0x0A])
        try HistoryFolder.append(path, Array(#"{"id":"h","time":"2026-09-21T14:13:20Z","te"#.utf8))
        try file.append(HistoryEntry(text: "b", profile: "p"))
        try HistoryFolder.append(path, Array(#"{"later":[1],"id":"z","text":"c"}"#.utf8) + [0x0A])
        try HistoryFolder.append(
            path, Array(#"{"id":"k","level":3,"mood":"x","text":"d","profile":"p"}"#.utf8) + [0x0A])
        #expect(texts(self.file()) == ["a", "b", "d"])
    }

    @Test func aLineThatIsBeingWrittenIsSeenWhenItIsWhole() throws {
        let file = file()
        try HistoryFolder.append(path, Array(#"{"id":"k","text":"d","#.utf8))
        #expect(texts(file).isEmpty)
        try HistoryFolder.append(path, Array("\"profile\":\"p\"}\n".utf8))
        #expect(texts(file) == ["d"])
    }

    /// The file is compacted beside what is appended.
    private func compacted(_ file: HistoryFile, _ number: inout Int, to count: ClosedRange<Int>) throws
        -> [HistoryEntry]
    {
        for _ in 0..<2000 {
            number += 1
            let entry = HistoryEntry(text: "statement \(number)", profile: "p")
            try file.append(entry)
            try file.append(HistoryEntry(endOf: entry.id, exit: 0, milliseconds: number))
            usleep(1000)
            let kept = self.file().news().entries.filter { !$0.text.isEmpty }
            if number > 200, count.contains(kept.count) { return kept }
        }
        return []
    }

    @Test func theNewestAreKept() throws {
        let (file, other) = (file(capacity: 50), file(capacity: 50))
        try other.append(HistoryEntry(text: "before", profile: "p"))
        #expect(texts(other) == ["before"])
        var number = 0
        let kept = try compacted(file, &number, to: 50...80)
        #expect(!kept.isEmpty && kept.map(\.text) == (1...number).suffix(kept.count).map { "statement \($0)" })
        #expect(try HistoryFolder.mode(path) == 0o600)
        // A session that had the old file open writes into the new one.
        try other.append(HistoryEntry(text: "after", profile: "p"))
        let (entries, isAnew) = other.news()
        #expect(isAnew && entries.last?.text == "after")
        #expect(texts(self.file()).last == "after")
    }

    @Test func ofALongFileTheNewestAreRead() throws {
        let writer = file()
        for number in 1...4000 {
            try writer.append(HistoryEntry(text: "statement number \(number) of many", profile: "profile"))
        }
        let file = file()
        let news = texts(file)
        #expect(news.last == "statement number 4000 of many")
        #expect((1000...3000).contains(news.count), "\(news.count)")
        // The others are searched where they are.
        #expect(file.search("number 4000 of") == nil)
        let found = try #require(file.search("NUMBER 17 of".lowercased()))
        #expect(found.text == "statement number 17 of many" && found.remark.hasSuffix(" profile") && found.index < 0)
        let older = try #require(file.search("7 of many", before: found.index, except: found.text))
        #expect(older.text == "statement number 7 of many" && older.index < found.index)
        #expect(file.search("statement", before: older.index)?.text == "statement number 6 of many")
        #expect(file.search("7 of many", before: older.index) == nil)
    }

    @Test(arguments: ["é \"q\" \\ x", "É \"Q\"", "line\nbreak", String(repeating: "long ", count: 500_000) + "end"])
    func anyTextIsFoundInALongFile(text: String) throws {
        let writer = file()
        for number in 0..<10 { try writer.append(HistoryEntry(text: "first \(number)", profile: "p")) }
        try writer.append(HistoryEntry(text: text, profile: "p"))
        for number in 0..<8000 { try writer.append(HistoryEntry(text: "statement \(number)", profile: "p")) }
        let file = file()
        #expect(texts(file).first != text)
        let found = try #require(file.search(String(text.suffix(8)).lowercased()))
        #expect(found.text == text)
        #expect(file.search("first", before: found.index)?.text == "first 9")
    }

    /// A file of tens of megabytes, written as sessions do.
    private func makeLong() throws -> Int {
        var entry = HistoryEntry(
            text: "print '" + String(repeating: "a word and another ", count: 50) + "'", profile: "p")
        entry.id = "x"
        let block = (0..<1000).flatMap { _ in entry.line }
        for _ in 0..<48 { try HistoryFolder.append(path, block) }
        return 48 * block.count
    }

    @Test func aStatementWaitsForNoCompaction() throws {
        let size = try makeLong()
        let file = file()
        let took = try ContinuousClock().measure { try file.append(HistoryEntry(text: "next", profile: "p")) }
        #expect(took < .seconds(1))
        let deadline = ContinuousClock.now + .seconds(60)
        while try HistoryFolder.size(path) >= size, ContinuousClock.now < deadline {
            usleep(1000)
            let took = try ContinuousClock().measure { try file.append(HistoryEntry(text: "meanwhile", profile: "p")) }
            #expect(took < .seconds(1))
        }
        #expect(try HistoryFolder.size(path) < 33 << 20, "what is too long for any number of statements is cut")
        #expect(texts(self.file()).suffix(2) == ["meanwhile", "meanwhile"])
    }

    @Test func aSearchOfALongFileHoldsNobodyUp() throws {
        _ = try makeLong()
        let file = file()
        _ = file.news()
        let took = ContinuousClock().measure { #expect(file.search("not in any of them") == nil) }
        #expect(took < .seconds(2))
    }

    @Test func whatBecomesASecretIsTakenOut() throws {
        let (one, other) = (file(), file())
        for text in ["print 'hunter2'", "list", "print \"hun\\u{74}er2\"", "hunter2 (", "print \"\\n\""] {
            try one.append(HistoryEntry(text: text, profile: "p", time: 1_790_000_000))
        }
        #expect(texts(other).count == 5)
        try one.revise(linesWith: ["hunter2"]) { text in
            text.hasSuffix("(") ? nil : text.contains("hun") ? "print (secret)" : text
        }
        let (entries, isAnew) = other.news()
        #expect(isAnew && entries.map(\.text) == ["print (secret)", "list", "print (secret)", "print \"\\n\""])
        #expect(entries[0].profile == "p" && entries[0].time == 1_790_000_000)
        #expect(try HistoryFolder.mode(path) == 0o600)
        let before = try content()
        try other.revise(linesWith: ["nowhere"]) { _ in nil }
        #expect(try content() == before.replacing(try #require(before.split(separator: "\n").last) + "\n", with: ""))
    }

    @Test func aStatementWithANULIsPassed() throws {
        try file().append(HistoryEntry(text: "a\u{0}b", profile: "p"))
        try file().append(HistoryEntry(text: "c", profile: "p"))
        #expect(texts(file()) == ["c"])
    }

    // MARK: Other processes

    /// Several processes write at once while the file is compacted again and again: what they wrote last is there, in
    /// their order, and no line is torn.
    @Test(arguments: [50_000, 40])
    func processesWriteAtTheSameTime(capacity: Int) async throws {
        let (path, count) = (path, 200)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in ["one", "two", "three"] {
                group.addTask {
                    let run = try await ScreenCase.run(program: [
                        ScreenCase.demo(), "history", path, "\(capacity)", "\(count)", name,
                    ])
                    #expect(run.status == 0, "\(run.output)")
                }
            }
            try await group.waitForAll()
        }
        let entries = file().news().entries
        let texts = entries.map(\.text).filter { !$0.isEmpty }
        for name in ["one", "two", "three"] {
            let own = texts.filter { $0.hasPrefix(name + " ") }
            #expect(own == (1...count).suffix(own.count).map { "\(name) \($0)\nprint 'é'" })
        }
        if capacity > 3 * count { #expect(texts.count == 3 * count) } else { #expect(texts.count >= capacity) }
        #expect(try content().split(separator: "\n").count == entries.count, "every line is whole")
    }

    /// What a session had said to be written is there after it was killed, and the next one writes on.
    @Test func whatWasEnteredSurvivesAKill() async throws {
        let path = path
        let told = try HistoryFolder.killed(["history", path, "30", "0", "killed"], afterLines: 60)
        try file(capacity: 30).append(HistoryEntry(text: "next", profile: "p"))
        let texts = texts(file())
        let last = try #require(texts.dropLast().last)
        let number = try #require(Int(last.split(separator: "\n")[0].split(separator: " ")[1]))
        #expect(number >= told, "\(told) was told, and \(number) is the last")
        #expect(texts.last == "next")
    }

    // MARK: What cannot be written

    @Test func aFileThatCannotBeWrittenIsLeftAsItIs() throws {
        #expect(throws: TerminalError.self) {
            try HistoryFile(path: "/proc/history.jsonl").append(HistoryEntry(text: "a", profile: "p"))
        }
        #expect(throws: TerminalError.self) {
            try HistoryFile(path: "/dev/null").append(HistoryEntry(text: "a", profile: "p"))
        }
        #expect(HistoryFile(path: "/dev/null").news().entries.isEmpty)
        #expect(HistoryFile(path: folder.path).news().entries.isEmpty)
    }

    /// Where the file may grow no more, as on a full disk, no half line stays.
    @Test func aFullDiskLeavesNoHalfLine() async throws {
        let run = try await ScreenCase.run(program: [
            "/bin/bash", "-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "bash", ScreenCase.demo(), "history", path,
            "50000", "100", "full",
        ])
        #expect(run.output.contains("failed: cannot write \(path)"), "\(run.output)")
        let written = run.output.split(separator: "\n").filter { $0.hasPrefix("written") }.count
        let content = try content()
        #expect(content.hasSuffix("\n") && content.utf8.count <= 1024)
        #expect(texts(file()).count >= written && written > 0)
    }
}
