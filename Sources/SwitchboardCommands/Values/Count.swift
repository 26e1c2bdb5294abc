public import SwitchboardEngine
public import SwitchboardLanguage

/// Counts items.
public enum Count: FoldingCommand {
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
    public static func fold(_ call: CommandCall) throws -> any ItemFold { Counter() }

    private struct Counter: ItemFold {
        private var count: Int64 = 0

        mutating func take(_ item: Value) throws -> Bool {
            count += 1
            return true
        }

        func finish() throws -> Value { .int(count) }
    }
}
