public import SwitchboardEngine
public import SwitchboardLanguage

/// Counts items.
public enum Count: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "count", summary: "count the items", input: .whole, output: .computed(counted),
        examples: [.init("[3 1 2] | count", "3")])

    /// A record that a `where` has let through counts as one.
    private static func counted(_ call: CallTypes) throws(TypeFault) -> ValueType {
        if call.input.record == nil { _ = try call.items() }
        return .int
    }

    /// Counts.
    public static func run(_ call: CommandCall) throws -> Value { .int(Int64(call.items.count)) }
}
