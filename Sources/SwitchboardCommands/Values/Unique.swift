public import SwitchboardEngine
public import SwitchboardLanguage

/// Leaves out items that came before.
public enum Unique: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "unique", summary: "keep the first of equal items",
        parameters: [
            Parameter("field", .positional, .fieldPath, help: "a field to compare instead of the whole item")
        ],
        input: .whole, output: .computed(kept),
        examples: [
            .init("[3 1 3] | unique", "[3 1]"),
            .init("search livekit --country US --limit 50 | unique .area_code | select .area_code .locality", "places"),
        ])

    private static func kept(_ call: CallTypes) throws(TypeFault) -> ValueType {
        _ = try call.items()
        return call.input
    }

    /// Keeps the first of each kind, in the order of the items.
    public static func run(_ call: CommandCall) throws -> Value {
        var seen: Set<EqualityKey> = []
        let isFirst = try call.column("field").map { seen.insert(try EqualityKey($0)).inserted }
        return .list(zip(call.items, isFirst).filter(\.1).map(\.0))
    }
}
