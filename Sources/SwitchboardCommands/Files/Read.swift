import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Reads a data file.
public enum Read: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "read", summary: "read rows from a .csv, .json or .jsonl file",
        parameters: [
            Parameter("file", .positional, .path, isRequired: true, help: "the file; its ending tells what it is"),
            Parameter(
                "columns", .flag, .schema, help: "the columns and their types, such as {site: string, number: phone}"),
        ],
        output: .computed { call in
            .list(.record(call.schemas["columns"] ?? RecordType(fields: [], isOpen: true)))
        }, effect: .reads,
        examples: [
            .init(
                "read ./numbers.csv --columns {number: phone, site: string} | count", "every cell is checked first",
                setUp: "[{number: +12125550123, site: 'a'}] | write ./numbers.csv")
        ])

    /// What is wrong with the file.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        call.faults(ofFile: "file") { (path) throws(DataFault) in
            _ = try DataFile.read(path, columns: columns(call.arguments))
        }
    }

    /// Reads the whole file; the check has read it before the script's first effect where its name was known.
    public static func run(_ call: CommandCall) throws -> Value {
        let path = try call.required("file")
        do throws(DataFault) {
            return try DataFile.read(path, columns: columns(call.arguments))
        } catch { throw error.error(in: path) }
    }

    private static func columns(_ arguments: [String: Value]) -> RecordType? {
        if case .schema(let type)? = arguments["columns"] { type } else { nil }
    }
}
