import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Asks the person whether to go on.
///
/// It makes no value that a script could forget to look at: a no ends the run, as a false `assert` does.
public enum Confirm: PlannedCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "confirm", summary: "ask at the terminal whether to go on; without a yes the run ends here",
        parameters: [Parameter("text", .positional, .string, isRequired: true, help: "the question")],
        input: .none, output: .type(.nothing),
        examples: [.init("confirm 'buy ten numbers?'", "--yes on the command line answers yes")])

    /// Asks nobody.
    public static func plan(_ call: CommandCall) throws -> Value { .nothing }

    /// Asks; anything but yes is the error `cancelled`.
    public static func run(_ call: CommandCall) throws -> Value {
        let question = try call.required("text")
        guard let confirm = call.run.host.confirm else {
            throw SwitchboardError(.invalidArgument, "nobody can be asked: '\(question)'")
        }
        let isYes = confirm(question)
        try call.run.checkCancelled()
        if isYes { return .nothing }
        throw SwitchboardError(.cancelled, "the answer to '\(question)' is not yes")
    }
}
