import FoundationEssentials
import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Buys numbers.
public enum Purchase: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "purchase", summary: "buy a number; the one that flows in, or one that is written",
        otherNames: ["buy", "order"],
        parameters: [
            Parameter(
                "number", .positional, .either([.record(RecordTypes.availableNumber), .phone]), isMain: true,
                aliases: ["e164"], help: "a number that a search found, or one in E.164 form"),
            Parameter("numbers", .flag, .list(.phone), help: "several numbers, as a list"),
            Parameter("provider", .flag, .provider, help: "where to buy a number that no search found"),
            Parameter("label", .flag, .string, help: "your own words for it"),
            Parameter("sip-dispatch-rule-id", .flag, .string, help: "a dispatch rule to point it at"),
        ],
        output: .computed { call in
            call.given.contains("numbers") ? .list(.record(RecordTypes.number)) : .record(RecordTypes.number)
        }, effect: .spends, capability: "purchase", inverse: "release; the month stays billed",
        examples: [
            .init(
                "search livekit --country-code US --area-code 415 | first | purchase --label 'front desk'", "buys one"),
            .init("purchase +12125550123 --provider livekit", "buys exactly this number, or nothing"),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [
        PurchaseEffect.self, AssignRuleEffect.self, ReleaseEffect.self, UnbindEffect.self,
    ]

    /// Which number, and where to buy one that no search found.
    public static func fault(in call: CallNode) -> TypeFault? {
        guard let bound = call.bound else { return nil }
        switch (bound.contains("number"), bound.contains("numbers")) {
        case (false, false): return TypeFault("'purchase' needs a number", help: "let a search flow in, or write one")
        case (true, true): return TypeFault("'purchase' is told its numbers twice", help: "give them one way only")
        default: break
        }
        guard !bound.contains("provider"), bound.contains("numbers") || isBare(call) else { return nil }
        return TypeFault(
            "--provider is needed to buy a number that no search found",
            help: "such as: purchase +12125550123 --provider livekit")
    }

    /// Whether the number is known to be no more than its digits.
    private static func isBare(_ call: CallNode) -> Bool {
        if case .literal(_, .phone, _)? = call.arguments["number"] { return true }
        return call.binding == .main("number") && (call.input?.element ?? call.input) == .phone
    }

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Buys; a number that the workspace has already is left as it is.
    public static func run(_ call: CommandCall) throws -> Value {
        if let numbers = call.list("numbers") {
            if call["number"] != nil {
                throw SwitchboardError(.invalidArgument, "give the number or --numbers, not both")
            }
            return .list(try numbers.map { try buy($0, call) })
        }
        guard let number = call["number"] else {
            throw SwitchboardError(.invalidArgument, "purchase needs a number: let a search flow in, or write one")
        }
        return try buy(number, call)
    }

    private static func buy(_ value: Value, _ call: CommandCall) throws -> Value {
        guard let wanted = try candidate(value, call) else { return .nothing }
        let held = try call.run.decide { try call.run.store.number(wanted.e164, profile: call.run.profile) }
        if let held, held.status != .released {
            return try keep(held, wanted, call)
        }
        if let rule = call.text("sip-dispatch-rule-id") {
            let provider = try call.run.providers.provider(
                wanted.provider, as: (any DispatchRuleAssigning).self, for: .assignDispatchRule)
            try call.run.ask { try await provider.requireAssignable(toDispatchRule: rule) }
        }
        var pool: CandidatePool?
        if case .record(let record) = value { pool = record.candidates }
        let bought = try buy(wanted, orNextOf: pool, call)
        if let rule = call.text("sip-dispatch-rule-id") { _ = try AssignRuleEffect.carryOut(bought, rule, call.run) }
        return Value(try call.run.ledger(bought))
    }

    private static func candidate(_ value: Value, _ call: CommandCall) throws -> AvailableNumber? {
        if let offered = value.availableNumber {
            if let provider = call.text("provider"), provider != offered.provider {
                throw SwitchboardError(
                    .invalidArgument, "\(offered.e164) is offered by \(offered.provider), not by \(provider)")
            }
            return offered
        }
        guard case .phone(let e164) = value else {
            throw SwitchboardError(.invalidArgument, "purchase cannot take \(value.typeName)")
        }
        guard let provider = call.text("provider") else {
            throw SwitchboardError(
                .invalidArgument, "--provider is needed to buy \(e164), which no search found",
                help: "such as: purchase \(e164) --provider livekit")
        }
        return AvailableNumber(provider: provider, e164: e164, countryCode: e164.region ?? "")
    }

    /// The number is in the workspace already: a no-op, unless something else is asked of it.
    private static func keep(_ held: WorkspaceNumber, _ wanted: AvailableNumber, _ call: CommandCall) throws -> Value {
        let label = call.text("label")
        let rule = call.text("sip-dispatch-rule-id")
        guard held.provider == wanted.provider, label == nil || label == held.label,
            rule.map(held.dispatchRuleIDs.contains) ?? true
        else {
            throw SwitchboardError(
                .alreadyOwned, "\(held.e164) is in the workspace already, with other settings",
                help: "change it with: update \(held.e164)", provider: held.provider)
        }
        try call.run.unchanged("\(held.e164) is in the workspace already")
        return Value(held)
    }

    /// Buys the number, or the search's next candidate where it was taken meanwhile.
    private static func buy(
        _ wanted: AvailableNumber, orNextOf pool: CandidatePool?, _ call: CommandCall
    ) throws -> E164 {
        var number = wanted
        while true {
            do {
                try PurchaseEffect.carryOut(number, label: call.text("label"), call.run)
                return number.e164
            } catch let error as SwitchboardError where error.code == .taken {
                guard let pool, let next = try Claims.next(in: pool, call.run) else { throw error }
                call.run.note("\(number.e164) was taken meanwhile; trying \(next.e164)")
                number = next
            }
        }
    }
}
