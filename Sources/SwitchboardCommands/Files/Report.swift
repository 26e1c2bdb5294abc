import Glibc
import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Writes what became of each row.
public enum Report: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "report",
        summary: "write what became of each row, however the run ends; rows to run again go into FILE.failed beside it",
        parameters: [
            Parameter("file", .positional, .path, isRequired: true, help: "the file; its ending tells what to write")
        ],
        input: .whole, output: .type(.nothing), effect: .changes, undoing: .refused,
        examples: [
            .init(
                "[{site: 'a'} {site: 'b'}] | each row --key .site --on-error collect { agent add $row.site }"
                    + " | report ./sites.csv",
                "sites.csv, and sites.failed.csv where a row failed")
        ])

    /// Why the file cannot be written.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        call.faults(ofFile: "file") { (path) throws(DataFault) in try DataFile.requireWritable(path) }
    }

    /// Writes both files; rows that nothing has run are written as they are.
    public static func run(_ call: CommandCall) throws -> Value {
        let path = try call.required("file")
        try RowFile.write(call.items, to: path)
        let results = call.items.compactMap { row in
            if case .record(let record) = row, record.origin != nil { record["result"]?.plainText } else { nil }
        }
        guard !results.isEmpty else { return .nothing }
        let again = call.items.compactMap(rowToRunAgain)
        let failedPath = Self.failedPath(path)
        if again.isEmpty {
            try removeStale(failedPath)
        } else {
            try RowFile.write(again, to: failedPath)
        }
        let counts = ["succeeded", "unchanged", "failed", "not_started"].compactMap { result in
            let count = results.count { $0 == result }
            return count == 0 ? nil : "\(count) \(result.replacing("_", with: " "))"
        }
        call.run.note("\(path): \(counts.joined(separator: ", "))" + (again.isEmpty ? "" : "; again: \(failedPath)"))
        return .nothing
    }

    /// The row as it was read, where it has not succeeded.
    private static func rowToRunAgain(_ row: Value) -> Value? {
        guard case .record(let record) = row, let result = record["result"]?.plainText else { return nil }
        return ["failed", "not_started"].contains(result) ? record.origin : nil
    }

    /// Takes away the failed rows of an earlier run: whoever ran them again would do twice what is done.
    private static func removeStale(_ path: String) throws {
        guard unlink(path) != 0, errno != ENOENT else { return }
        throw SwitchboardError(
            .storeUnavailable, "the failed rows of an earlier run are still in '\(path)', though all is done now",
            help: "remove the file; running its rows again does them twice")
    }

    /// `sites.failed.csv` for `sites.csv`.
    private static func failedPath(_ path: String) -> String {
        guard let dot = path.lastIndex(of: ".") else { return path + ".failed" }
        return path[..<dot] + ".failed" + path[dot...]
    }
}
