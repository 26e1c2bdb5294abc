import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Shows and sets what the workspace may hold, and what a run and a day may spend.
public enum WorkspaceLimits: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "limits",
        summary: "show what the workspace may hold and its runs may spend, or set it for all of them",
        parameters: Limit.allCases.map { Parameter($0.rawValue, .flag, .string, help: help($0)) },
        input: .none, output: .type(.list(.record(type))), effect: .changes, looksBare: true,
        inverse: "limits with the earlier values", undoing: .refused,
        examples: [
            .init("limits", "what holds, and what of it is used"),
            .init(
                "limits --max-purchases 50 --max-monthly-cost-per-day '100 USD'",
                "50 numbers in a run; as many runs as a day's numbers cost no more than that a month"),
            .init("limits --max-numbers 500 --max-purchases default", "more room, and the usual spending"),
        ])

    private static let standard = "default"

    private static func help(_ limit: Limit) -> String {
        let what =
            switch limit {
            case .numbers: "the most numbers of the workspace"
            case .trunks: "the most trunks of the workspace"
            case .purchases: "the most numbers that a run buys"
            case .monthlyCost: "the most that the numbers which a run buys cost a month together"
            case .purchasesPerDay: "the most numbers that all runs of a day in UTC buy together"
            case .monthlyCostPerDay: "the most that the numbers bought on a day in UTC cost a month together"
            }
        return "\(what); also none or \(standard)"
    }

    private static let origins = ["run", "profile", standard]

    private static let type = RecordType(
        name: "limit", summary: "what a workspace may hold, or a run or a day may spend",
        fields: [
            .init("limit", .string, "its name, which is that of its flag"),
            .init("value", .string, "the most that is allowed, or none"),
            .init("used", .optional(.string), "what the workspace holds, or today has spent; of a run's limit nothing"),
            .init("from", .choice(origins), "who has set it: the run's own flags, the profile, or nobody"),
        ])

    /// A value that is written out is checked before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? {
        for limit in Limit.allCases {
            guard let text = call.literalText(limit.rawValue) else { continue }
            do { _ = try value(of: limit, text) } catch {
                return TypeFault(SwitchboardError(wrapping: error).message, at: limit.rawValue)
            }
        }
        return nil
    }

    /// What a text sets a limit to; nil takes back what was set.
    private static func value(of limit: Limit, _ text: String) throws -> LimitValue? {
        text == standard ? nil : try limit.value(text)
    }

    /// Those that would be set to another value.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let run = call.run
        let before = try run.store.limits(profile: run.profile)
        let after = try changed(before, by: call)
        let (old, new) = (run.caps(of: before), run.caps(of: after))
        return Limit.allCases.filter { after[$0] != before[$0] }.map { limit in
            PlannedChange(
                kind: signature.name, subject: limit.rawValue,
                summary: "set \(limit.rawValue) from \(old[limit]) to \(new[limit])",
                undoing: .by("limits --\(limit.rawValue) \(before[limit]?.description ?? standard)"))
        }
    }

    /// The same in the plan's own copy, so that what follows is planned under the limits that would hold then.
    public static func plan(_ call: CommandCall) throws -> Value {
        try call.run.plan(outside(call))
        return try run(call)
    }

    private static func changed(
        _ limits: [Limit: LimitValue], by call: CommandCall
    ) throws -> [Limit: LimitValue] {
        var limits = limits
        for limit in Limit.allCases {
            if let text = call.text(limit.rawValue) { limits[limit] = try value(of: limit, text) }
        }
        return limits
    }

    /// Sets those that are given, and shows all.
    public static func run(_ call: CommandCall) throws -> Value {
        let run = call.run
        let before = try run.store.limits(profile: run.profile)
        let after = try changed(before, by: call)
        if after != before { try set(after, before, run) }
        let caps = try run.caps
        return .list(
            try Limit.allCases.map { limit in
                let origin = run.given[limit] != nil ? 0 : after[limit] != nil ? 1 : 2
                return record(limit, caps[limit], try used(limit, run), origins[origin])
            })
    }

    /// Raising one where real money is at stake is asked for.
    private static func set(_ after: [Limit: LimitValue], _ before: [Limit: LimitValue], _ run: RunSession) throws {
        let changed = Limit.allCases.filter { after[$0] != before[$0] }
        let (old, new) = (run.caps(of: before), run.caps(of: after))
        let raised = changed.filter { !new[$0].isWithin(old[$0]) }
        if !raised.isEmpty {
            let words = raised.map { "\($0.rawValue) is raised from \(old[$0]) to \(new[$0])" }
            try run.confirm(words.joined(separator: ", "))
        }
        let pairs = changed.map { ($0, after[$0]) }
        try run.store.set(Dictionary(pairs) { first, _ in first }, profile: run.profile)
    }

    // MARK: What is used

    private static func used(_ limit: Limit, _ run: RunSession) throws -> String? {
        func today() throws -> Spent { try run.store.spent(in: .day(of: run.now), profile: run.profile) }
        return switch limit {
        case .numbers: "\(try run.store.numbers(profile: run.profile).count)"
        case .trunks: "\(try run.store.trunks(profile: run.profile).count)"
        case .purchases, .monthlyCost: nil
        case .purchasesPerDay: "\(try today().purchases)"
        case .monthlyCostPerDay: text(of: try today())
        }
    }

    private static func text(of spent: Spent) -> String {
        let unpriced = spent.unpriced > 0 ? ["\(spent.unpriced) of unknown price"] : []
        let words = spent.monthlyCosts.map(\.description) + unpriced
        return words.isEmpty ? "0" : words.joined(separator: ", ")
    }

    private static func record(_ limit: Limit, _ value: LimitValue, _ used: String?, _ origin: String) -> Value {
        .record(
            Record(
                "limit",
                [
                    .init("limit", .string(limit.rawValue)), .init("value", .string(value.description)),
                    .init("used", .text(used)), .init("from", .string(origin)),
                ]))
    }
}

extension RunSession {
    /// The caps of a profile for which these are set.
    fileprivate func caps(of limits: [Limit: LimitValue]) -> Caps {
        var caps = Caps.defaults(isLive: isLive)
        caps.take(limits)
        return caps
    }
}
