import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Adds items up.
public enum Sum: FoldingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "sum", summary: "add up numbers, amounts of one currency or durations; a nothing among them does not count",
        parameters: [Aggregate.field], input: .whole, output: .computed(total),
        examples: [
            .init("[3 1 2] | sum", "6"),
            .init("list | sum .monthly_cost", "what is known of the costs; nothing where none is known"),
        ])

    private static let deed = "sum adds numbers, amounts and durations"

    private static func total(_ call: CallTypes) throws(TypeFault) -> ValueType {
        try Aggregate.type(call, deed) { [.any, .nothing, .int, .decimal, .money, .duration].contains($0) }
    }

    /// Adds; amounts of two currencies and a total that is too large are errors.
    public static func fold(_ call: CommandCall) throws -> any ItemFold {
        Aggregate.reduce(call) { value, total in
            let summand = try summand(value)
            return try total.map { try Value.add($0, summand) } ?? summand
        }
    }

    private static func summand(_ value: Value) throws -> Value {
        switch value {
        case .int, .decimal, .money, .duration: return value
        default:
            throw SwitchboardError(
                .invalidArgument, "\(deed), and this is \(value.typeName)",
                help: "a column of a file gets its type from read: --columns {cost: money}")
        }
    }
}
