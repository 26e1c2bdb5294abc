import FoundationEssentials
import SwitchboardEngine
import SwitchboardLanguage
import Testing

/// Files that scripts use, on the disk.
@Suite struct UseTests {
    private func run(_ workspace: Workspace, _ name: String, files: ScriptFiles = ScriptFiles()) throws -> [String] {
        let path = "\(workspace.folder)/\(name)"
        let source = SourceText(name: path, bytes: Array(try Data(contentsOf: URL(filePath: path))))
        let (program, faults) = workspace.engine.registry.check(source, files: files)
        return faults.map { fault in
            let place = program.source.name(at: fault.span.start).replacing(workspace.folder + "/", with: "")
            return "\(fault.code) \(place):\(program.source.line(at: fault.span.start)) \(fault.message)"
        }
    }

    private func makeFolder(_ workspace: Workspace, _ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: "\(workspace.folder)/\(name)", withIntermediateDirectories: true)
    }

    @Test func pathsAreRelativeToTheFileThatSaysThem() throws {
        let workspace = try Workspace()
        try makeFolder(workspace, "lib/deep")
        _ = try workspace.file("a.swb", "use ./lib/b.swb\nb 1\nc 2")
        _ = try workspace.file("lib/b.swb", "use ./deep/c.swb\nuse ../lib/deep/c.swb\ndef b [n: int] { c $n }")
        _ = try workspace.file("lib/deep/c.swb", "\n\ndef c [n: int] { $n }\ndef d [] { slect }")
        #expect(try run(workspace, "a.swb") == ["C001 lib/deep/c.swb:4 no command 'slect'"])
    }

    @Test func pathsStayUnderTheScriptsFolder() throws {
        let workspace = try Workspace()
        try makeFolder(workspace, "scripts")
        try makeFolder(workspace, "scripts-too")
        _ = try workspace.file("out.swb", "def out [] { 1 }")
        _ = try workspace.file("scripts-too/x.swb", "def x [] { 1 }")
        _ = try workspace.file("scripts/a.swb", "use ../out.swb")
        _ = try workspace.file("scripts/b.swb", "use ../scripts-too/x.swb")
        _ = try workspace.file("scripts/c.swb", "use ./link.swb")
        try FileManager.default.createSymbolicLink(
            atPath: workspace.folder + "/scripts/link.swb", withDestinationPath: workspace.folder + "/out.swb")
        #expect(
            try run(workspace, "scripts/a.swb") == [
                "C070 scripts/a.swb:1 '../out.swb' lies outside the script's folder"
            ])
        #expect(try run(workspace, "scripts/b.swb").map { $0.prefix(4) } == ["C070"])
        #expect(try run(workspace, "scripts/c.swb").map { $0.prefix(4) } == ["C070"])
        let wider = ScriptFiles(folders: [workspace.folder])
        for name in ["a", "b", "c"] { #expect(try run(workspace, "scripts/\(name).swb", files: wider) == []) }
        _ = try workspace.file("scripts/d.swb", "use ./none.swb")
        #expect(try run(workspace, "scripts/d.swb").first?.hasSuffix("No such file or directory") == true)
        _ = try workspace.file("scripts/e.swb", "use ./../scripts")
        #expect(try run(workspace, "scripts/e.swb", files: wider).first?.hasSuffix("it is no plain file") == true)
    }
}
