import AllProviders
import FoundationEssentials
import Glibc
import Switchboard

/// Writes the reference of the stock program into the documentation folder, or with `--check` says what is not current.
@main
enum ReferenceTool {
    private static let folder =
        #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/docs/reference"

    static func main() throws {
        let files = Reference(try Switchboard.registry(plugins: AllProviders.plugins)).files
        let existing = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        let stale = Set(existing.filter { $0.hasSuffix(".md") }).subtracting(files.keys)
        let changed = files.filter { text(of: $0.key) != $0.value }
        guard !CommandLine.arguments.contains("--check") else {
            for path in (stale.union(changed.keys)).sorted() { print("not current: docs/reference/\(path)") }
            exit(stale.isEmpty && changed.isEmpty ? 0 : 1)
        }
        for path in stale { try FileManager.default.removeItem(atPath: "\(folder)/\(path)") }
        for (path, text) in changed {
            let file = URL(filePath: "\(folder)/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    private static func text(of path: String) -> String? {
        (try? Data(contentsOf: URL(filePath: "\(folder)/\(path)"))).map { String(decoding: $0, as: UTF8.self) }
    }
}
