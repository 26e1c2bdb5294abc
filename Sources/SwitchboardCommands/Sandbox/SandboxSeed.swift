import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Puts things at a vendor's emulator as if they had been there before.
public enum SandboxSeed: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "sandbox seed", summary: "give the sandbox's account numbers and rules that no run has made",
        parameters: [
            Parameter("numbers", .flag, .list(.phone), help: "numbers that the account is to hold"),
            Parameter(
                "file", .flag, .path, offer: .files([".json"]),
                help: "a JSON object of lists, as the emulator takes it"),
            Parameter("provider", .flag, .provider, help: "whose emulator; the first one's unless given"),
        ],
        input: .none, output: .type(.list(.record(record.type))), effect: .changes, isSandboxOnly: true,
        inverse: "sandbox reset", undoing: .stays,
        examples: [.init("sandbox seed --numbers [+14155550148 +14155550149]", "two numbers of other origin")])

    private static let record = AdminRecord(
        "seeded", "what the sandbox's account holds now",
        [
            .provider, .init("kind", .string, "what it is"), .init("id", .string, "the vendor's id of it"),
            .init("e164", .optional(.phone), "the number, where it is one"),
        ])

    /// Either numbers or a file.
    public static func fault(in call: CallNode) -> TypeFault? {
        let given = Set(call.arguments.keys).subtracting(["provider"])
        return given.count == 1 ? nil : TypeFault("'sandbox seed' takes either --numbers or --file")
    }

    /// What is wrong with the file.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        call.faults(ofFile: "file") { (path) throws(DataFault) in _ = try DataFile.document(path) }
    }

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let what = call.text("file") ?? call.list("numbers")?.compactMap(\.plainText).joined(separator: " ") ?? ""
        return [
            PlannedChange(
                kind: signature.name, subject: what, summary: "give the sandbox's account \(what)",
                undoing: .by("sandbox reset"))
        ]
    }

    /// Seeds all of it, or nothing where the emulator refuses a part; shows what is there now.
    public static func run(_ call: CommandCall) throws -> Value {
        let emulator = try EmulatorAdmin.one(call)
        return .list(try record.values(try emulator.ask("POST", "seed", things(call)), of: emulator.provider))
    }

    private static func things(_ call: CommandCall) throws -> JSON {
        if let numbers = call.list("numbers") { return ["numbers": .strings(numbers.compactMap(\.plainText))] }
        let path = try call.required("file")
        do throws(DataFault) { return try DataFile.document(path) } catch { throw error.error(in: path) }
    }
}
