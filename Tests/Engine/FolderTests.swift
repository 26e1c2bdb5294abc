import FoundationEssentials
import SwitchboardEngine
import SwitchboardStore
import Testing

/// The folder in which a host has scripts find their files.
@Suite struct FolderTests {
    private func workspace(mayLeave: Bool) throws -> Workspace {
        let folder = "/tmp/switchboard-folder-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder + "/data/sub", withIntermediateDirectories: true)
        try Data("a\n1\n".utf8).write(to: URL(filePath: folder + "/data/in.csv"))
        try Data("a\n2\n".utf8).write(to: URL(filePath: folder + "/secret.csv"))
        try Data("def twice [n: int] { ($n * 2) }\n".utf8).write(to: URL(filePath: folder + "/data/lib.swb"))
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/data/link.csv", withDestinationPath: folder + "/secret.csv")
        return try Workspace(folder: folder, files: ScriptFiles(folder: folder + "/data", mayLeave: mayLeave))
    }

    private func remove(_ workspace: Workspace) { try? FileManager.default.removeItem(atPath: workspace.folder) }

    @Test(arguments: [true, false])
    func relativePathsBeginThere(_ mayLeave: Bool) async throws {
        let workspace = try workspace(mayLeave: mayLeave)
        defer { remove(workspace) }
        let outcome = await workspace.run(
            """
            let file = './in.csv'
            read $file --columns {a: int} | write ./sub/out.csv
            read sub/out.csv | print
            [{a: 1}] | each --on-error collect { 1 } | report sub/report.jsonl
            """)
        #expect(outcome.status == 0, "\(outcome.faults)")
        #expect(outcome.printed == ["[{a: '1'}]"])
        #expect(FileManager.default.fileExists(atPath: workspace.folder + "/data/sub/report.jsonl"))
    }

    @Test func whatIsUsedBeginsThereToo() async throws {
        let workspace = try workspace(mayLeave: false)
        defer { remove(workspace) }
        #expect(await workspace.run("use ./lib.swb\nprint (twice 4)").printed == ["8"])
        #expect(await workspace.run("use ../lib.swb\nprint 1").faults.first?.hasPrefix("C070") == true)
    }

    @Test(arguments: [
        "read ../secret.csv | print", "read ./sub/../../secret.csv | print", "read ./link.csv | print",
        "read /etc/passwd.csv | print",
        "[{a: 1}] | write ../out.csv", "[{a: 1}] | write /tmp/switchboard-never.csv",
        "[{a: 1}] | report ./none/../../x.csv",
        "let f = '../secret.csv'\nread $f | print", "trunk create --file ../secret.csv",
    ])
    func nothingLeadsOut(_ text: String) async throws {
        let workspace = try workspace(mayLeave: false)
        defer { remove(workspace) }
        let outcome = await workspace.run("agent add support\n" + text)
        #expect(outcome.faults.map { $0.prefix(4) } == ["D011"], "\(outcome.faults)")
        #expect(outcome.status == 2)
        #expect(try workspace.store.agents(profile: "sandbox").isEmpty)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/switchboard-never.csv"))
    }

    @Test func aPathThatIsMadeInTheRunIsHeldToTheRule() async throws {
        let workspace = try workspace(mayLeave: false)
        defer { remove(workspace) }
        let outcome = await workspace.run("for f in ['../secret.csv'] { read $f | print }")
        #expect(outcome.status == 1 && outcome.printed.isEmpty, "\(outcome.faults)")
        let inside = await workspace.run("for f in ['in.csv'] { read $f | print }")
        #expect(inside.printed == ["[{a: '1'}]"], "\(inside.faults)")
    }

    @Test func whoeverMayLeaveDoes() async throws {
        let workspace = try workspace(mayLeave: true)
        defer { remove(workspace) }
        #expect(await workspace.run("read ../secret.csv | print").printed == ["[{a: '2'}]"])
    }
}
