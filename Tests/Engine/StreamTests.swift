import FoundationEssentials
import Glibc
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import Synchronization
import Testing

/// Pipelines that take the rows of a file one by one: nothing is done before all of it is seen, and what was seen is what
/// is done.
@Suite struct StreamTests {
    private static let columns = "--columns {site: string, n: int}"

    private func text(_ workspace: Workspace, _ name: String) throws -> String {
        try String(contentsOf: URL(filePath: "\(workspace.folder)/\(name)"), encoding: .utf8)
    }

    private func rows(_ count: Int, last: String = "") -> String {
        "site,n\n" + (1...count).map { "s\($0),\($0)\n" }.joined() + last
    }

    private func agents(_ workspace: Workspace) throws -> [String] {
        try workspace.store.agents(profile: "sandbox").map(\.name)
    }

    // MARK: Before the first row

    @Test(arguments: [
        ("| each row --key .site { agent add $row.site }", ["R201: a division by zero"]),
        ("| each row --key .n --on-error collect { agent add $row.site } | report /dev/shm/none/r.csv", nil),
        ("| select .site | rename .site name | agent add", ["R201: a division by zero"]),
    ])
    func whatIsWrongWithTheLastRowIsFoundBeforeTheFirst(stages: String, faults: [String]?) async throws {
        let workspace = try Workspace()
        let file = try workspace.file("s.csv", rows(2000, last: "zero,0\n"))
        let outcome = await workspace.run("read \(file) \(Self.columns) | where (10000 / .n) > 0 \(stages)")
        if let faults { #expect(outcome.faults == faults) }
        #expect(!outcome.faults.isEmpty)
        #expect(try agents(workspace) == [])
    }

    @Test func aLoopBeginsOnceTheRowsOfItsSourceAreSeen() async throws {
        let workspace = try Workspace()
        let file = try workspace.file("s.csv", rows(500, last: "zero,0\n"))
        let outcome = await workspace.run(
            "for row in (read \(file) \(Self.columns) | where (10000 / .n) > 0) { agent add $row.site }")
        #expect(outcome.faults == ["R201: a division by zero"])
        #expect(try agents(workspace) == [])
        let whole = await workspace.run(
            "for row in (read \(file) \(Self.columns) | where .n < 3 | select .site) { print $row.site }")
        #expect(whole.printed == ["s1", "s2", "zero"])
    }

    @Test func aBadCellInTheLastRowOfAFileWhoseNameTheRunMakesIsFoundFirst() async throws {
        let workspace = try Workspace()
        try _ = workspace.file("late.csv", rows(3000, last: "x,y\n"))
        let folder = workspace.folder
        for stages in [
            "| each row { agent add $row.site }", "| select .site | rename .site name | agent add", "| first",
        ] {
            let outcome = await workspace.run(
                "for name in ['late'] { read \"\(folder)/${name}.csv\" \(Self.columns) \(stages) }")
            #expect(
                outcome.faults == ["R201: \(folder)/late.csv:3002:3: column 'n': 'y' is not a whole number"])
        }
        let loop = await workspace.run(
            "for f in ['\(folder)/late.csv'] { for row in (read $f \(Self.columns)) { agent add $row.site } }")
        #expect(loop.faults.count == 1)
        #expect(try agents(workspace) == [])
    }

    @Test func namesAreComparedBehindAFilterToo() async throws {
        let workspace = try Workspace()
        let file = try workspace.file("s.csv", rows(3000, last: "s7,3001\ns7,3\ns9,3\n"))
        let read = "read \(file) \(Self.columns)"
        let twice = await workspace.run("\(read) | where .n > 5 | each row --key .site { agent add $row.site }")
        #expect(twice.faults == ["R201: rows 2 and 2996 are both site=s7"])
        #expect(try agents(workspace) == [])
        let once = await workspace.run("\(read) | where .n < 3 | each row --key .site { $row.n } | sum")
        #expect(once.shown == [.int(3)])
        let unseen = await workspace.run(
            "\(read) | where .n > 3 | where .n < 3000 | each row --key .site { $row } | count")
        #expect(unseen.shown == [.int(2996)])
    }

    // MARK: A file that changes

    @Test(arguments: [
        ("| each row { agent add $row.site }", "append"),
        ("| select .site | rename .site name | agent add --retry 1", "truncate"), ("| count", "append"),
        ("| where .n > 1 | write {folder}/out.csv", "truncate"), ("| sort-by .n", "rewrite"),
    ])
    func aFileThatIsWrittenToAfterItsCheckIsNotUsed(stages: String, change: String) async throws {
        let folder = Mutex("")
        let workspace = try Workspace(confirm: { _ in
            let path = folder.withLock { $0 } + "/s.csv"
            let file = open(path, O_WRONLY | O_CLOEXEC | (change == "append" ? O_APPEND : 0))
            if change == "truncate" { ftruncate(file, 40) } else { _ = write(file, "SITE,n\n", 7) }
            close(file)
            return true
        })
        folder.withLock { $0 = workspace.folder }
        let file = try workspace.file("s.csv", rows(20_000))
        let outcome = await workspace.run(
            "confirm 'go'\nread \(file) --columns {site: string, n: int} "
                + stages.replacing("{folder}", with: workspace.folder))
        #expect(outcome.faults == ["R204: \(file): the file has changed since its check began"])
        #expect(try agents(workspace) == [])
        #expect(!FileManager.default.fileExists(atPath: workspace.folder + "/out.csv"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: workspace.folder).allSatisfy { !$0.hasSuffix(".tmp") })
    }

    @Test func aFileThatChangesWhileItsRowsRunEndsThemAndIsReported() async throws {
        let folder = Mutex("")
        let workspace = try Workspace(confirm: { _ in
            let file = open(folder.withLock { $0 } + "/s.csv", O_WRONLY | O_CLOEXEC)
            ftruncate(file, 100)
            close(file)
            return true
        })
        folder.withLock { $0 = workspace.folder }
        let file = try workspace.file("s.csv", rows(60_000))
        let outcome = await workspace.run(
            """
            read \(file) \(Self.columns) | each row { if $row.n == 2 { confirm 'go' }; $row.n }
            | report \(workspace.folder)/r.csv
            """)
        #expect(outcome.faults == ["R204: \(file): the file has changed since its check began"])
        #expect(
            try text(workspace, "r.csv").hasPrefix("site,n,result,e164,error_code,error,attempts,ms\ns1,1,succeeded,"))
    }

    @Test func anotherFileOfTheNameMakesNoDifference() async throws {
        let folder = Mutex("")
        let workspace = try Workspace(confirm: { _ in
            let path = folder.withLock { $0 }
            try? Data("site,n\nother,1\n".utf8).write(to: URL(filePath: path + "/new.csv"))
            return rename(path + "/new.csv", path + "/s.csv") == 0
        })
        folder.withLock { $0 = workspace.folder }
        let file = try workspace.file("s.csv", rows(2))
        let outcome = await workspace.run("confirm 'go'\nread \(file) | each row { $row.site }")
        #expect(outcome.shown.map(\.literalText) == ["['s1' 's2']"])
        let later = await workspace.run("read \(file) | each row { $row.site }")
        #expect(later.shown.map(\.literalText) == ["['other']"])
    }

    @Test func aCallThatReadsAgainSeesWhatIsThereByThen() async throws {
        let path = Mutex("")
        let workspace = try Workspace(confirm: { question in
            let content = "n\n\(question.suffix(1))\n"
            return (try? Data(content.utf8).write(to: URL(filePath: path.withLock { $0 }))) != nil
        })
        path.withLock { $0 = workspace.folder + "/s.csv" }
        let file = try workspace.file("s.csv", "n\n0\n")
        let outcome = await workspace.run(
            "for i in [1 2 3] { read \(file) --columns {n: int} | print; confirm \"make it $i\" }")
        #expect(outcome.faults == [])
        #expect(outcome.printed == ["[{n: 0}]", "[{n: 1}]", "[{n: 2}]"])
        let bad = await workspace.run(
            "for i in ['1' 'x'] { read \(file) --columns {n: int} | each r { agent add \"a$i\" }; confirm \"make it x\" }"
        )
        #expect(bad.faults == ["R201: \(file):2:1: column 'n': 'x' is not a whole number"])
        #expect(try agents(workspace) == ["a1"])
    }

    @Test func aScriptReadsWhatItHasWrittenItself() async throws {
        let workspace = try Workspace()
        let file = try workspace.file("s.csv", "n\n1\n")
        let outcome = await workspace.run(
            """
            for i in [1 2 3] {
                let rows = read \(file) --columns {n: int}
                print $rows
                $rows | rename .n m | select .m | rename .m n | each row { {n: ($row.n + 1)} } | write \(file)
            }
            read \(file) | write \(workspace.folder)/./s.csv
            print (read \(file))
            """)
        #expect(outcome.faults == [])
        #expect(outcome.printed == ["[{n: 1}]", "[{n: 2}]", "[{n: 3}]", "[{n: '4'}]"])
    }

    @Test func whatCannotBeReadTwiceIsRefused() async throws {
        let workspace = try Workspace()
        let pipe = workspace.folder + "/pipe.csv"
        #expect(mkfifo(pipe, 0o600) == 0)
        let outcome = await workspace.run("read \(pipe) | count")
        #expect(outcome.faults == ["D001: \(pipe): it cannot be read: it is no plain file"])
    }

    // MARK: One by one

    @Test func nothingIsReadBeyondWhatIsWanted() async throws {
        let workspace = try Workspace()
        let file = try workspace.file("s.csv", rows(10, last: "zero,0\n"))
        let outcome = await workspace.run("read \(file) \(Self.columns) | where (10 / .n) > 2 | first 3 | select .n")
        #expect(outcome.shown.map(\.literalText) == ["[{n: 1} {n: 2} {n: 3}]"])
        #expect(await workspace.run("range 1 9223372036854775807 | first 2").shown.map(\.literalText) == ["[1 2]"])
    }

    @Test(arguments: [
        ("count", "3"), ("sum .n", "9"), ("min .n", "1"), ("max .n", "5"), ("last | select .n", "{n: 5}"),
        ("last 2 | select .n", "[{n: 3} {n: 5}]"), ("first | select .n", "{n: 1}"),
        ("select .n | rename .n m | last", "{m: 5}"), ("sort-by .n --desc | first | select .n", "{n: 5}"),
        ("each row { {v: ($row.n * 2)} } | where .v > 2 | sum .v", "16"), ("each { .site } | count", "3"),
        ("each row { if $row.n > 1 { $row.n } }", "[nothing 3 5]"),
        ("each row { if $row.n > 1 { $row.n } } | count", "3"),
        ("each row --parallel 3 { $row.n } | each m --parallel 2 { ($m + 1) }", "[2 4 6]"),
    ])
    func oneByOneIsTheSameAsAList(stages: String, result: String) async throws {
        let workspace = try Workspace()
        let file = try workspace.file("s.csv", "site,n\na,1\nb,3\nc,5\nd,0\n")
        let one = await workspace.run("read \(file) \(Self.columns) | where .n > 0 | \(stages)")
        #expect(one.shown.map(\.literalText) == [result], "\(one.faults)")
        let list = await workspace.run("let rows = read \(file) \(Self.columns) | where .n > 0\n$rows | \(stages)")
        #expect(list.shown.map(\.literalText) == [result])
    }

    @Test func rowsRunOnWhateverBecomesOfTheirOutcomes() async throws {
        let workspace = try Workspace()
        let file = try workspace.file("s.csv", "site,n\na,1\nb,0\nc,5\n")
        let outcome = await workspace.run(
            "read \(file) \(Self.columns) | each row { agent add $row.site; {n: $row.n} } | where (1 / .n) > -1 | count"
        )
        #expect(outcome.faults == ["R201: a division by zero"])
        #expect(try agents(workspace).sorted() == ["a", "b", "c"])
        let few = await workspace.run(
            "read \(file) \(Self.columns) | each row { agent add \"${row.site}2\"; $row.n } | first 1")
        #expect(few.shown.last?.literalText == "[1]")
        #expect(try agents(workspace).count == 6)
    }

    @Test func moreRowsThanWaitAtATimeComeOutInTheirOrder() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run(
            """
            range 1 5000 | each n --parallel 8 { ($n * 2) } | write \(workspace.folder)/out.jsonl
            range 1 3000 | each n --parallel 3 --on-error collect { (100 / ($n - 2999)) } | where .result == 'failed' | count
            """)
        #expect(outcome.shown == [.int(1)], "\(outcome.faults)")
        let lines = try text(workspace, "out.jsonl").split(separator: "\n")
        #expect(lines == (1...5000).map { "\($0 * 2)" })
    }

    @Test(arguments: [1, 4]) func aCancelledRunReportsEveryRow(parallel: Int) async throws {
        let cancel = CancelToken()
        let workspace = try Workspace(confirm: { _ in
            cancel.cancel()
            return true
        })
        let file = try workspace.file("s.csv", rows(5000))
        let outcome = await workspace.run(
            """
            read \(file) \(Self.columns)
            | each row --parallel \(parallel) --key .site { if $row.n == 1200 { confirm 'go' }; $row.n }
            | report \(workspace.folder)/r.csv
            """, cancel: cancel)
        #expect(outcome.status == 130)
        let lines = try text(workspace, "r.csv").split(separator: "\n").dropFirst()
        #expect(lines.map { $0.prefix { $0 != "," } } == (1...5000).map { "s\($0)" })
        let again = try text(workspace, "r.failed.csv").split(separator: "\n").dropFirst()
        #expect(lines.count { $0.contains("not_started") } == again.count { !$0.hasPrefix("s1200,") })
        #expect(again.last == "s5000,5000")
        // A thread may lag behind the others by as many rows as may wait.
        #expect(lines.prefix(parallel == 1 ? 1190 : 900).allSatisfy { $0.contains("succeeded") })
    }

    @Test func aLateColumnIsAddedToTheRowsBefore() async throws {
        let workspace = try Workspace()
        let file = try workspace.file(
            "s.jsonl", "{}\n{\"a\":\"x\\ny\"}\n{\"a\":\"q\\\"\",\"b\":1}\n{\"c\":\"u,v\"}\n{}\n{\"b\":2,\"a\":\"z\"}\n")
        let outcome = await workspace.run(
            "read \(file) | write \(workspace.folder)/one.csv\nlet r = read \(file)\n$r | write \(workspace.folder)/two.csv"
        )
        #expect(outcome.faults == [])
        let table = "a,b,c\n,,\n\"x\ny\",,\n\"q\"\"\",1,\n,,\"u,v\"\n,,\nz,2,\n"
        #expect(try text(workspace, "one.csv") == table)
        #expect(try text(workspace, "two.csv") == table)
        let mixed = await workspace.run("[1 {a: 2}] | each r { $r } | write \(workspace.folder)/one.csv")
        #expect(mixed.status == 1)
        #expect(try text(workspace, "one.csv") == table)
    }

    // MARK: Places

    @Test(arguments: [
        ("| each row --key .site { (1 / $row.n) }", "2 (site=b) of FILE, line 4"),
        ("| where .n < 5 | select .n .site | each row { (1 / $row.n) }", "2 of FILE, line 4"),
        ("| f", "2 of FILE, line 4"), ("| f --parallel 2 --key .site", "2 (site=b) of FILE, line 4"),
        ("| each r { $r } | each row { (1 / $row.n) }", "2 of FILE, line 4"),
    ])
    func aRowTellsItsFileAndLine(stages: String, note: String) async throws {
        let workspace = try Workspace()
        let file = try workspace.file("s.csv", "site,n\n\"a\nx\",1\nb,0\nc,2\n")
        let outcome = await workspace.run(
            "def f [site: string n: int] { (1 / $n) }\nread \(file) \(Self.columns) \(stages)")
        #expect(outcome.report.diagnostics.first?.notes.last == .init("row", note.replacing("FILE", with: file)))
    }
}
