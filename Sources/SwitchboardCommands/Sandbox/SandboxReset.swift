import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Makes the sandbox forget what happened in it.
public enum SandboxReset: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "sandbox reset", summary: "empty the sandbox: its numbers, rules, faults and log, and the workspace's numbers",
        parameters: [Parameter("provider", .flag, .provider, help: "whose emulator; all of them unless given")],
        input: .none, output: .type(.list(.record(type))), effect: .irreversible, isSandboxOnly: true,
        examples: [
            .init("sandbox reset", "a fresh start; agents stay", setUp: "purchase +14155550101 --provider livekit")
        ])

    private static let type = RecordType(
        fields: [
            .init("provider", .provider, "whose emulator"),
            .init("numbers", .int, "how many numbers the workspace held there"),
        ])

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let who = call.text("provider") ?? "all"
        return [
            PlannedChange(
                kind: signature.name, subject: who, summary: "empty the sandbox (\(who)), and the workspace's numbers",
                undoing: .never("the emulators have forgotten all"))
        ]
    }

    /// Empties the emulators first: what the ledger still holds when this ends early is removed by the next reset.
    public static func run(_ call: CommandCall) throws -> Value {
        .list(
            try EmulatorAdmin.all(call).map { emulator in
                _ = try emulator.ask("POST", "reset")
                let held = try call.run.store.numbers(profile: call.run.profile)
                    .filter { $0.provider == emulator.provider }
                try call.run.apply(
                    held.map { .removeNumber($0.e164) }, "forget the sandbox's numbers",
                    inverse: .none(because: "the emulators have forgotten them too"))
                return .record(
                    Record(
                        nil,
                        [
                            .init("provider", .string(emulator.provider)),
                            .init("numbers", .int(Int64(held.count))),
                        ]))
            })
    }
}
