import Glibc
import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Writes what became of each row.
public enum Report: FoldingCommand, OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "report",
        summary:
            "write what became of each row, however the run ends; rows to run again go into FILE.failed beside it, and "
            + "until it is there an earlier report is called FILE.previous",
        parameters: [
            Parameter(
                "file", .positional, .path, isRequired: true, offer: .files(DataFile.endings),
                help: "the file; its ending tells what to write")
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
        call.faults(ofFile: "file") { (path) throws(DataFault) in
            try call.files.requireUnread(path)
            try DataFile.requireWritable(path)
            try DataFile.requireWritable(failedPath(path))
        }
    }

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let path = try call.required("file")
        call.run.plansToWrite(path)
        return [PlannedChange(writing: path, by: signature.name)]
    }

    /// Writes both files; rows that nothing has run are written as they are.
    public static func fold(_ call: CommandCall) throws -> any ItemFold {
        let path = try call.required("file")
        let (file, failed) = (try RowFile(path, columns: call.columnNames), try RowFile(failedPath(path)))
        let earlier = try EarlierReport(settingAside: [path, failedPath(path)], call.run)
        return Rows(path: path, file: file, failed: failed, earlier: earlier, run: call.run)
    }

    private struct Rows: ItemFold {
        let path: String
        var file: RowFile
        /// The rows to run again.
        var failed: RowFile
        let earlier: EarlierReport
        let run: RunSession
        /// How many rows had which result.
        var counts: [String: Int] = [:]

        private var again: Int { (counts["failed"] ?? 0) + (counts["not_started"] ?? 0) }

        mutating func take(_ row: Value) throws -> Bool {
            try file.write(row)
            guard case .record(let record) = row, let origin = record.origin else { return true }
            guard let result = record["result"]?.plainText else { return true }
            counts[result, default: 0] += 1
            if ["failed", "not_started"].contains(result) { try failed.write(origin) }
            return true
        }

        mutating func finish() throws -> Value {
            let failedPath = Report.failedPath(path)
            for path in [path, failedPath] { run.files.willReplace(path) }
            try file.commit()
            if again > 0 { try failed.commit() } else { try Report.removeStale(failedPath) }
            try earlier.remove()
            if counts.isEmpty { return .nothing }
            let told = ["succeeded", "unchanged", "failed", "not_started"].compactMap { result in
                counts[result].map { "\($0) \(result.replacing("_", with: " "))" }
            }
            run.note("\(path): \(told.joined(separator: ", "))" + (again > 0 ? "; again: \(failedPath)" : ""))
            return .nothing
        }
    }

    /// Takes away failed rows that were the rows of this run: whoever ran them again would do twice what is done.
    private static func removeStale(_ path: String) throws {
        guard unlink(path) != 0, errno != ENOENT else { return }
        throw SwitchboardError(
            .storeUnavailable, "the failed rows of an earlier run are still in '\(path)', though all is done now",
            help: "remove the file; running its rows again does them twice")
    }

    private static func failedPath(_ path: String) -> String { beside(path, "failed") }

    /// The file beside another, such as `sites.failed.csv` beside `sites.csv`.
    static func beside(_ path: String, _ word: String) -> String {
        guard let dot = path.lastIndex(of: ".") else { return "\(path).\(word)" }
        return path[..<dot] + ".\(word)" + path[dot...]
    }
}
