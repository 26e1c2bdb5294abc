import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Tells what time it was a while ago.
public enum Ago: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "ago", summary: "the time that it was so long ago",
        parameters: [
            Parameter("length", .positional, .duration, isRequired: true, isMain: true, help: "how long, such as 30d")
        ],
        output: .type(.time),
        examples: [
            .init("list | where .created_at < (ago 30d) | count", "how many numbers are older than thirty days")
        ])

    /// Counts back from the host's clock.
    public static func run(_ call: CommandCall) throws -> Value {
        try Value.subtract(.time(call.run.now), call["length"] ?? .nothing)
    }
}
