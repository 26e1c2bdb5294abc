import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Stops where something is not as it has to be.
public enum Assert: PlannedCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "assert", summary: "stop with an error unless something is true",
        parameters: [
            Parameter("condition", .positional, .bool, help: "what has to be true, in parentheses"),
            Parameter("text", .positional, .string, help: "what it means that it is not"),
        ],
        input: .none, output: .type(.nothing),
        examples: [.init("assert ((list | count) < 100) 'the workspace is full'", "nothing, or an error")])

    /// The condition is written; what is `nothing` at run time is not true.
    public static func fault(in call: CallNode) -> TypeFault? {
        call.arguments["condition"] == nil
            ? TypeFault("'assert' needs a condition", help: "such as: assert ($n.e164 != nothing) 'no number'") : nil
    }

    /// Leaves a condition open that only the run decides.
    public static func plan(_ call: CommandCall) throws -> Value {
        guard call.leavesOpen("condition") else { return try run(call) }
        return .nothing
    }

    /// Throws `assertion_failed` where the condition is false or nothing, with the two sides that it has compared.
    public static func run(_ call: CommandCall) throws -> Value {
        if call.isSet("condition") { return .nothing }
        let result = call["condition"] == nil ? "the condition is nothing" : "the condition is false"
        let reason = result + (call.compared.map { ": \($0)" } ?? "")
        let text = call.text("text")
        throw SwitchboardError(.assertionFailed, text ?? reason, cause: text == nil ? nil : reason)
    }
}
