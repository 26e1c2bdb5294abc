import FoundationEssentials
import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Shows the requests that the sandbox's emulators have answered.
public enum SandboxLog: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "sandbox log", summary: "list the requests that the sandbox has answered, oldest first",
        parameters: [
            Parameter("limit", .flag, .int, help: "only the latest so many; all that are kept unless given"),
            Parameter("provider", .flag, .provider, help: "whose emulator; all of them unless given"),
        ],
        input: .none, output: .type(.list(.record(record.type))), effect: .reads, isSandboxOnly: true,
        examples: [
            .init("sandbox log --limit 20", "the latest requests", setUp: "search livekit --area 415"),
            .init("sandbox log | where .status >= 400 | select .time .path .fault", "what was refused"),
        ])

    private static let record = AdminRecord(
        "request", "a request that the sandbox has answered",
        [
            .init("time", .time, "when it came"), .provider, .init("method", .string, "its HTTP method"),
            .init("path", .string, "its path"),
            .init("status", .optional(.int), "the answer's HTTP status; nothing where it was withheld"),
            .init("ms", .int, "how long it took, in milliseconds"),
            .init("request_id", .optional(.string), "the id that the client gave it"),
            .init("fault", .optional(.string), "the fault that struck it"),
        ])

    /// A limit that is written outright is looked at before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? { badLimit(call.literalText("limit").flatMap(Int.init)) }

    private static func badLimit(_ limit: Int?) -> TypeFault? {
        guard let limit, limit < 1 else { return nil }
        return TypeFault("--limit is 1 or more, not \(limit)")
    }

    /// Shows; a request whose answer was withheld has no status.
    public static func run(_ call: CommandCall) throws -> Value {
        let limit = call.int("limit")
        if let bad = badLimit(limit) { throw bad.error }
        let logs = try EmulatorAdmin.all(call).map { try record.values(try $0.ask("GET", "log"), of: $0.provider) }
        let entries = logs.count == 1 ? logs[0] : logs.joined().sorted { time($0) < time($1) }
        return .list(limit.map(entries.suffix) ?? entries)
    }

    private static func time(_ entry: Value) -> Date {
        if case .record(let record) = entry, case .time(let time)? = record["time"] { time } else { .distantPast }
    }
}
