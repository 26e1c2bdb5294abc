/// The flags of `each`, which every command takes too where a list maps over it.
public enum RowFlags {
    /// The flags, in the order of the reference page.
    public static let parameters = [
        Parameter("parallel", .flag, .int, help: "how many rows run at once, 1 unless given"),
        Parameter("rate", .flag, .rate, help: "how many rows begin in a time, such as 5/s"),
        Parameter("key", .flag, .fieldPath, help: "the field that names a row, such as .site"),
        Parameter("retry", .flag, .int, help: "how often a call that may succeed later is tried again, 0 unless given"),
        Parameter("timeout", .flag, .duration, help: "how long a row may take"),
        Parameter("on-error", .flag, .choice(["stop", "collect"]), help: "what a failed row does, stop unless given"),
    ]

    /// The numbers that `--parallel` takes.
    public static let parallel: ClosedRange<Int> = 1...256
    /// The numbers that `--retry` takes.
    public static let retry: ClosedRange<Int> = 0...100

    /// The fields that say what became of a row.
    public static let resultFields: [RecordType.Field] = [
        .init("result", .choice(["succeeded", "unchanged", "failed", "not_started"]), "what became of it"),
        .init("e164", .optional(.phone), "the number that the row came to"),
        .init("error_code", .optional(.string), "the error's name for programs"),
        .init("error", .optional(.string), "the error's sentence"),
        .init("attempts", .int, "how often the row was tried"), .init("ms", .int, "how long it took, in milliseconds"),
    ]

    /// The columns of a row with what became of it: its own in their order, then the results; a number that is among its
    /// own stays where it is, results of an earlier run do not.
    public static func columns(of row: [String]) -> [String] {
        let names = resultFields.map(\.name)
        let own = row.filter { $0 == numberName || !names.contains($0) }
        return own + names.filter { $0 != numberName || !own.contains(numberName) }
    }

    private static let numberName = "e164"

    /// The record of a row's columns with what became of it.
    static func resultType(of row: ValueType) -> ValueType {
        let own = row.record?.fields ?? (row == .any ? [] : [.init("value", row)])
        let isOpen = row == .any || row.record?.isOpen ?? false
        let fields = Dictionary((resultFields + own).map { ($0.name, $0) }) { result, _ in result }
        return .record(
            RecordType(fields: columns(of: own.map(\.name)).compactMap { fields[$0] }, isOpen: isOpen))
    }
}
