import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Ends the script with a status of its own.
public enum Exit: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "exit", summary: "end the script with a status: 0, 1, 5 for a difference found, or 64 to 125",
        parameters: [Parameter("status", .positional, .int, help: "0 unless given")], input: .none,
        output: .type(.nothing),
        examples: [.init("if (list | count) > 100 { exit 5 }", "5 says: a difference was found")])

    /// A status that is written outright is looked at before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? {
        call.literalText("status").flatMap { Int($0) }.flatMap(whyBad)
    }

    /// The other statuses say something about the run that the script cannot know.
    private static func whyBad(_ status: Int) -> TypeFault? {
        [0, 1, 5].contains(status) || (64...125).contains(status)
            ? nil : TypeFault("a script ends with 0, 1, 5 or 64 to 125, not \(status)")
    }

    /// Ends the script; `catch` does not hold it up.
    public static func run(_ call: CommandCall) throws -> Value {
        let status = call.int("status") ?? 0
        if let fault = whyBad(status) { throw fault.error }
        throw ScriptExit(status: Int32(status))
    }
}
