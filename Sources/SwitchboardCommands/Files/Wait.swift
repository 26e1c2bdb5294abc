import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Waits.
public enum Wait: PlannedCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "wait", summary: "wait so long; a cancelled run waits no longer",
        parameters: [Parameter("length", .positional, .duration, isRequired: true, help: "how long, such as 5s")],
        input: .none, output: .type(.nothing), examples: [.init("wait 100ms", "a tenth of a second")])

    /// Waits for nothing.
    public static func plan(_ call: CommandCall) throws -> Value { .nothing }

    /// Waits by the host's clock.
    public static func run(_ call: CommandCall) throws -> Value {
        guard case .duration(let length)? = call["length"] else {
            throw SwitchboardError(.invalidArgument, "wait needs a duration")
        }
        let sleep = call.run.host.time.sleep
        try call.run.ask { try await sleep(length) }
        return .nothing
    }
}
