import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Makes the whole numbers between two, both included.
public enum Range: CountingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "range", summary: "the whole numbers from the first to the last, both included",
        parameters: [
            Parameter("first", .positional, .int, isRequired: true, help: "the first number"),
            Parameter("last", .positional, .int, isRequired: true, help: "the last number; none come where it is less"),
        ],
        input: .none, output: .type(.list(.int)),
        examples: [
            .init("range 1 5", "[1 2 3 4 5]"),
            .init("for i in (range 1 3) { print $i }", "one at a time, never a list"),
        ])

    /// The most numbers that a list of them may have.
    private static let most = 10_000_000

    /// The two ends; none where the last comes before the first.
    public static func bounds(_ call: CommandCall) throws -> ClosedRange<Int64>? {
        guard case .int(let first)? = call["first"], case .int(let last)? = call["last"] else {
            throw SwitchboardError(.invalidArgument, "range needs two whole numbers")
        }
        return first <= last ? first...last : nil
    }

    /// Lists them.
    public static func run(_ call: CommandCall) throws -> Value {
        guard let bounds = try bounds(call) else { return .list([]) }
        let (distance, isBeyond) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound)
        guard !isBeyond, distance < most else {
            throw SwitchboardError(
                .invalidArgument, "a list holds at most \(most) numbers",
                help: "a loop takes more: for i in (range \(bounds.lowerBound) \(bounds.upperBound)) { … }")
        }
        return .list(bounds.map { .int($0) })
    }
}
