import FoundationEssentials
import Glibc
import SwitchboardEngine
import SwitchboardStore
import SwitchboardTestKit
import Testing

/// A report whose disk has no room for it.
@Suite struct ReportDiskTests {
    /// Runs the body in a folder of 64 KiB.
    private func withSmallDisk(_ body: (String) async throws -> Void) async throws {
        let workspace = try Workspace()
        let folder = workspace.folder + "/small"
        try #require(mkdir(folder, 0o700) == 0)
        try #require(
            try await Subprocess.run("/bin/mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]).status == 0)
        let result: Result<Void, any Error>
        do { result = .success(try await body(folder)) } catch { result = .failure(error) }
        _ = try await Subprocess.run("/bin/umount", ["-l", folder])
        withExtendedLifetime(workspace) {}
        try result.get()
    }

    @Test(.enabled(if: geteuid() == 0, "mounting needs root"))
    func theOldReportStaysWholeAndTheRowsAreDone() async throws {
        try await withSmallDisk { folder in
            let report = folder + "/r.csv"
            try Data("old\n".utf8).write(to: URL(filePath: report))
            let workspace = try Workspace()
            let note = String(repeating: "x", count: 400)
            let rows = try workspace.file("s.csv", "site,note\n" + (1...300).map { "a\($0),\(note)\n" }.joined())
            let outcome = await workspace.run(
                "read \(rows) | each row --parallel 4 --on-error collect { agent add $row.site } | report \(report)")
            #expect(outcome.status == 1)
            #expect(outcome.faults.first?.hasSuffix("cannot be written: No space left on device") == true)
            #expect(try workspace.store.agents(profile: "sandbox").count == 300)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["r.previous.csv"])
            #expect(try String(contentsOf: URL(filePath: folder + "/r.previous.csv"), encoding: .utf8) == "old\n")
        }
    }
}
