/// A limit of a workspace, by the name that flags have for it.
public enum Limit: String, Hashable, Sendable, CaseIterable {
    case numbers = "max-numbers"
    case trunks = "max-trunks"
    case purchases = "max-purchases"
    case monthlyCost = "max-monthly-cost"
    case purchasesPerDay = "max-purchases-per-day"
    case monthlyCostPerDay = "max-monthly-cost-per-day"

    /// Whether it is an amount of money, and no count.
    public var isCost: Bool { self == .monthlyCost || self == .monthlyCostPerDay }

    /// Reads `50`, `100USD`, `100 USD` or `none`; throws `invalid_argument` for what is no value of this limit.
    public func value(_ text: String) throws -> LimitValue {
        if text == LimitValue.none.description { return .none }
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        if isCost, parts.count <= 2, let cost = Money(parts.joined()), cost.millionths != nil { return .cost(cost) }
        if !isCost, let count = Int(text), count >= 0 { return .count(count) }
        let form = isCost ? "an amount of a month, such as 100USD," : "a whole number"
        throw SwitchboardError(.invalidArgument, "--\(rawValue) takes \(form) or none, not '\(text)'")
    }
}

/// What a limit is set to.
public enum LimitValue: Hashable, Sendable {
    /// There is no limit.
    case none
    /// The most of something.
    case count(Int)
    /// The most that a month may cost.
    case cost(Money)

    init(_ count: Int) { self = count == .max ? .none : .count(count) }

    var count: Int? { if case .count(let count) = self { count } else { nil } }
    var cost: Money? { if case .cost(let cost) = self { cost } else { nil } }

    /// Whether it surely allows no more than another one; never so of amounts in two currencies.
    public func isWithin(_ other: LimitValue) -> Bool {
        switch (self, other) {
        case (_, .none): true
        case (.count(let less), .count(let more)): less <= more
        case (.cost(let less), .cost(let more)): (try? less.compare(more)).map { $0 <= 0 } ?? false
        default: false
        }
    }
}

extension LimitValue: CustomStringConvertible {
    /// The text that `Limit.value` reads.
    public var description: String {
        switch self {
        case .none: "none"
        case .count(let count): "\(count)"
        case .cost(let cost): "\(cost)"
        }
    }
}
