import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Writes a data file.
public enum Write: FoldingCommand, OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "write", summary: "write rows to a .csv, .json or .jsonl file, replacing it in one step",
        parameters: [
            Parameter(
                "file", .positional, .path, isRequired: true, offer: .files(DataFile.endings),
                help: "the file; its ending tells what to write")
        ],
        input: .whole, output: .type(.nothing), effect: .changes, undoing: .stays,
        examples: [.init("list | write ./numbers.csv", "the workspace's numbers")])

    /// Why the file cannot be written.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        call.faults(ofFile: "file") { (path) throws(DataFault) in try DataFile.requireWritable(path) }
    }

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let path = try call.required("file")
        call.run.plansToWrite(path)
        return [PlannedChange(writing: path, by: signature.name)]
    }

    /// Writes beside the file first, so that a full disk leaves the old one as it was.
    public static func fold(_ call: CommandCall) throws -> any ItemFold {
        let path = try call.required("file")
        return Rows(file: try RowFile(path, columns: call.columnNames), path: path, run: call.run)
    }

    private struct Rows: ItemFold {
        var file: RowFile
        let path: String
        let run: RunSession

        mutating func take(_ item: Value) throws -> Bool {
            try file.write(item)
            return true
        }

        mutating func finish() throws -> Value {
            run.files.willReplace(path)
            try file.commit()
            return .nothing
        }
    }
}
