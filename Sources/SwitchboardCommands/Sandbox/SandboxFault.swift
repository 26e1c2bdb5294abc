import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Switches faults of the sandbox's emulators on and off.
public enum SandboxFault: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "sandbox fault", summary: "make the sandbox misbehave, or list the faults that are switched on",
        parameters: [
            Parameter("kind", .positional, .choice(kinds), help: "what goes wrong: \(kinds.joined(separator: " "))"),
            Parameter(
                "method", .flag, .string, help: "the vendor's method that it strikes, such as PurchasePhoneNumber"),
            Parameter("number", .flag, .phone, help: "the only number that it strikes"),
            Parameter("account", .flag, .string, help: "the vendor's id of the only account that it strikes"),
            Parameter("code", .flag, .string, help: "the vendor's code that server_error answers, such as unavailable"),
            Parameter("times", .flag, .int, help: "how often it strikes; for ever unless given"),
            Parameter("retry-after", .flag, .duration, help: "how long a refusal asks the client to wait, such as 2s"),
            Parameter("delay", .flag, .duration, help: "how long the answer takes; 1s for slow unless given"),
            Parameter(
                "when", .flag, .choice(FaultMoment.allCases.map(\.rawValue)),
                help: "on which side of the effect it strikes, where not on the usual one"),
            Parameter("clear", .toggle, .bool, help: "switch all faults off, or the one that --id names"),
            Parameter("id", .flag, .string, help: "the one to switch off, as the list shows it"),
            Parameter("provider", .flag, .provider, help: "whose emulator; the first one's unless given"),
        ],
        input: .none, output: .type(.list(.record(record.type))), effect: .changes, isSandboxOnly: true,
        inverse: "sandbox fault --clear", undoing: .stays,
        examples: [
            .init("sandbox fault", "the faults that are switched on"),
            .init(
                "sandbox fault lost_answer --method PurchasePhoneNumber --times 1",
                "the next purchase happens, and its answer is lost"),
            .init("sandbox fault taken --number +14155550100", "somebody else has this number"),
            .init("sandbox fault --clear", "all is well again", setUp: "sandbox fault slow --delay 250ms"),
        ])

    private static let kinds = FaultKind.allCases.map(\.rawValue)

    private static let record = AdminRecord(
        "fault", "a fault that is switched on in the sandbox",
        [
            .init("id", .string, "what --clear --id takes"), .provider, .init("fault", .string, "what goes wrong"),
            .init("method", .string, "the vendor's method that it strikes"),
            .init("number", .optional(.phone), "the only number that it strikes"),
            .init("account", .optional(.string), "the only account that it strikes"),
            .init("times", .optional(.int), "how often it strikes still; nothing for without end"),
            .init("retry_after", .optional(.duration), "how long a refusal asks the client to wait", unit: "s"),
            .init("delay", .duration, "how long the answer takes", from: "delay_ms", unit: "ms"),
            .init("when", .optional(.string), "on which side of the effect it strikes"),
            .init("code", .optional(.string), "the vendor's code that server_error answers"),
        ])

    /// A fault is either switched on or off, and its settings stay within what an emulator takes.
    public static func fault(in call: CallNode) -> TypeFault? {
        let given = Set(call.arguments.keys).subtracting(["provider"])
        if given.contains("clear") {
            return given.isSubset(of: ["clear", "id"])
                ? nil : TypeFault("--clear switches faults off and takes no other setting than --id")
        }
        if given.contains("id") { return TypeFault("--id goes with --clear") }
        guard given.isEmpty || given.contains("kind") else {
            return TypeFault(
                "'sandbox fault' needs a KIND to switch on", help: "one of: \(kinds.joined(separator: " "))")
        }
        if given.contains("code"), let kind = call.literalText("kind"), kind != FaultKind.serverError.rawValue {
            return TypeFault("--code goes with server_error, not with \(kind)")
        }
        return badSetting(
            times: call.literalText("times").flatMap(Int.init),
            retryAfter: call.literalText("retry-after").flatMap(DurationText.parse),
            delay: call.literalText("delay").flatMap(DurationText.parse))
    }

    private static func badSetting(times: Int?, retryAfter: Duration?, delay: Duration?) -> TypeFault? {
        let (longestWait, longestDelay) = (FaultLimits.retryAfter.upperBound, FaultLimits.delay.upperBound)
        if let times, !FaultLimits.times.contains(times) {
            return TypeFault("--times is 1 to \(FaultLimits.times.upperBound), not \(times)")
        }
        if let retryAfter, !(.zero ... .seconds(longestWait)).contains(retryAfter) || retryAfter.attoseconds != 0 {
            return TypeFault("--retry-after is in whole seconds, at most \(DurationText.text(.seconds(longestWait)))")
        }
        if let delay, !(.zero ... .milliseconds(longestDelay)).contains(delay) {
            return TypeFault("--delay is at most \(DurationText.text(.milliseconds(longestDelay)))")
        }
        return nil
    }

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        guard let kind = call.text("kind") else {
            if !call.isSet("clear") { return [] }
            return [
                PlannedChange(
                    kind: signature.name, subject: "clear", summary: "switch the sandbox's faults off",
                    undoing: .unneeded)
            ]
        }
        return [
            PlannedChange(
                kind: signature.name, subject: kind, summary: "make the sandbox misbehave: \(kind)",
                undoing: .by("sandbox fault --clear"))
        ]
    }

    /// Lists, switches on or switches off; shows the switches that this was about.
    public static func run(_ call: CommandCall) throws -> Value {
        if call.isSet("clear") { return .list(try clear(call)) }
        guard let kind = call.text("kind") else {
            return .list(
                try EmulatorAdmin.all(call).flatMap { try record.values(try $0.ask("GET", "faults"), of: $0.provider) })
        }
        let emulator = try EmulatorAdmin.one(call)
        return .list([try record.value(try emulator.ask("POST", "faults", body(kind, call)), of: emulator.provider)])
    }

    private static func body(_ kind: String, _ call: CommandCall) throws -> JSON {
        let (times, retryAfter, delay) = (call.int("times"), call.duration("retry-after"), call.duration("delay"))
        if let bad = badSetting(times: times, retryAfter: retryAfter, delay: delay) { throw bad.error }
        var members: [JSON.Member] = [.init("fault", .string(kind))]
        for name in ["method", "number", "account", "code", "when"] {
            if let text = call.text(name) { members.append(.init(name, .string(text))) }
        }
        if let times { members.append(.init("times", .integer(times))) }
        if let retryAfter { members.append(.init("retry_after", .integer(retryAfter.milliseconds / 1000))) }
        if let delay { members.append(.init("delay_ms", .integer(delay.milliseconds))) }
        return .object(members)
    }

    private static func clear(_ call: CommandCall) throws -> [Value] {
        guard let id = call.text("id") else {
            return try EmulatorAdmin.all(call).flatMap {
                try record.values(try $0.ask("DELETE", "faults"), of: $0.provider)
            }
        }
        let emulator = try EmulatorAdmin.one(call)
        let unknown = SwitchboardError(
            .notFound, "no fault '\(id)' is switched on", help: "sandbox fault lists them")
        guard !id.isEmpty, id.utf8.allSatisfy({ (48...57).contains($0) || (97...122).contains($0) || $0 == 95 }) else {
            throw unknown
        }
        do {
            return try record.values(try emulator.ask("DELETE", "faults/\(id)"), of: emulator.provider)
        } catch let error as SwitchboardError where error.code == .notFound { throw unknown }
    }
}

extension CommandCall {
    fileprivate func duration(_ name: String) -> Duration? {
        if case .duration(let duration)? = self[name] { duration } else { nil }
    }
}

extension Duration {
    fileprivate var attoseconds: Int64 { components.attoseconds }

    /// Whole milliseconds, of a length that is in range.
    fileprivate var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
