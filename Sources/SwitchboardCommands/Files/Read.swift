import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Reads a data file.
public enum Read: SourceCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "read", summary: "read rows from a .csv, .json or .jsonl file",
        parameters: [
            Parameter(
                "file", .positional, .path, isRequired: true, offer: .files(DataFile.endings),
                help: "the file; its ending tells what it is"),
            Parameter(
                "columns", .flag, .schema, help: "the columns and their types, such as {site: string, number: phone}"),
        ],
        output: .computed { call in
            .list(.record(call.schemas["columns"] ?? RecordType(fields: [], isOpen: true)))
        }, effect: .reads,
        examples: [
            .init(
                "read ./numbers.csv --columns {number: phone, site: string} | count", "every cell is checked first",
                setUp: "[{number: +12125550123, site: 'a'}] | write ./numbers.csv"),
            .init(
                "for row in (read ./numbers.csv) { print $row.number }", "row by row; a name would keep them all",
                setUp: "[{number: +12125550123, site: 'a'}] | write ./numbers.csv"),
        ])

    /// What is wrong with the file.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        call.faults(ofFile: "file") { (path) throws(DataFault) in
            try call.files.check(path, columns: columns(call.arguments))
        }
    }

    /// Reads row by row what the check has seen where the file's name was known before the run; else looks at every cell
    /// first.
    public static func items(_ call: CommandCall) throws -> any ItemSource {
        let path = try call.required("file")
        do throws(DataFault) {
            return try call.run.files.rows(of: path, columns: columns(call.arguments))
        } catch { throw error.error(in: path) }
    }

    private static func columns(_ arguments: [String: Value]) -> RecordType? {
        if case .schema(let type)? = arguments["columns"] { type } else { nil }
    }
}
