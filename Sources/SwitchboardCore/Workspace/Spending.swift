public import FoundationEssentials

/// What an effect buys.
public struct Spending: Hashable, Sendable, Codable {
    /// How many numbers.
    public var purchases: Int
    /// What they cost a month; nil where that is not known.
    public var monthlyCost: Money?

    /// Makes a spending.
    public init(purchases: Int, monthlyCost: Money?) {
        self.purchases = purchases
        self.monthlyCost = monthlyCost
    }
}

/// What has been spent within a period, also by work under way.
///
/// Amounts are kept by currency and never added across currencies.
public struct Spent: Hashable, Sendable {
    /// How many numbers were bought.
    public private(set) var purchases = 0
    /// How many of them have a price that nobody knows.
    public private(set) var unpriced = 0
    /// What the others cost a month, by currency, in millionths.
    public private(set) var costs: [String: Int] = [:]

    /// Makes a beginning, at which nothing is spent.
    public init() {}

    /// Counts purchases at their cost of a month in millionths of a currency; nil is a cost that is not known.
    public mutating func add(_ purchases: Int, _ millionths: Int?, _ currency: String?) {
        guard purchases > 0 else { return }
        self.purchases += purchases
        if let millionths, let currency { costs[currency, default: 0] += millionths } else { unpriced += purchases }
    }

    /// Counts a spending.
    public mutating func add(_ spending: Spending) {
        let cost = spending.monthlyCost
        add(spending.purchases, cost?.millionths, cost?.currency)
    }

    /// The amounts, in order of currency.
    public var monthlyCosts: [Money] { costs.sorted { $0.key < $1.key }.map { Money(millionths: $0.value, $0.key) } }
}

/// What may be spent within a period; nil is no limit.
public struct SpendingLimits: Hashable, Sendable {
    /// How many numbers may be bought.
    public var purchases: Int?
    /// What the numbers that are bought may cost a month together.
    public var monthlyCost: Money?

    /// Makes limits.
    public init(purchases: Int? = nil, monthlyCost: Money? = nil) {
        self.purchases = purchases
        self.monthlyCost = monthlyCost
    }

    /// Throws `limit_reached` where more would cross a limit, or where nobody can tell whether it would: a price that is
    /// not known is never taken for none, and currencies are not added.
    public func require(_ more: Spending, after spent: Spent, in period: SpendingPeriod) throws {
        if let purchases { try require(more.purchases, upTo: purchases, after: spent.purchases, period) }
        if let monthlyCost { try require(more.monthlyCost, upTo: monthlyCost, after: spent, period) }
    }

    private func require(_ more: Int, upTo most: Int, after spent: Int, _ period: SpendingPeriod) throws {
        guard spent + more > most else { return }
        throw SwitchboardError(
            .limitReached,
            "\(period.buyer) may buy \(most) number\(most == 1 ? "" : "s"), \(spent) \(spent == 1 ? "is" : "are") bought "
                + "or on order, and this would be \(more == 1 ? "one" : "\(more)") more",
            help: period.help(.purchases, .purchasesPerDay, "N"))
    }

    private func require(_ more: Money?, upTo most: Money, after spent: Spent, _ period: SpendingPeriod) throws {
        let rest = "\(period.numbers) may cost \(most) a month"
        func refuse(_ reason: String, _ help: String? = nil) -> SwitchboardError {
            let raise = period.help(.monthlyCost, .monthlyCostPerDay, "AMOUNT")
            return SwitchboardError(
                .limitReached, "\(rest), \(reason)", help: [help, raise].compactMap { $0 }.joined(separator: "; "))
        }
        guard let more, let cost = more.millionths else {
            throw refuse(
                "and the price of this one is not known", "price set writes it down where the provider does not tell")
        }
        guard more.currency == most.currency else { throw refuse("and this one costs \(more), in another currency") }
        if spent.unpriced > 0 { throw refuse("and the price of \(spent.unpriced) of them is not known") }
        if let other = spent.monthlyCosts.first(where: { $0.currency != most.currency }) {
            throw refuse("and some of them cost \(other), in another currency")
        }
        let before = spent.costs[most.currency] ?? 0
        if let limit = most.millionths, before + cost <= limit { return }
        throw refuse("those so far cost \(Money(millionths: before, most.currency)), and this one costs \(more)")
    }
}

/// What spending is counted over.
public enum SpendingPeriod: Hashable, Sendable {
    /// All that a run does, also after it was resumed.
    case run(String)
    /// A day in UTC, such as `2026-11-21`.
    case day(String)

    /// The day of a time.
    public static func day(of time: Date) -> SpendingPeriod { .day(String(Timestamp.text(time).prefix(10))) }

    /// What the store counts under.
    public var key: String {
        switch self {
        case .run(let id): id
        case .day(let date): date
        }
    }

    fileprivate var buyer: String {
        switch self {
        case .run: "the run"
        case .day(let date): "all runs of \(date) (UTC) together"
        }
    }

    fileprivate var numbers: String {
        switch self {
        case .run: "the run's numbers"
        case .day(let date): "the numbers bought on \(date) (UTC)"
        }
    }

    fileprivate func help(_ ofRun: Limit, _ ofDay: Limit, _ value: String) -> String {
        switch self {
        case .run:
            "--\(ofRun.rawValue) \(value) allows more to one run, and the statement limits --\(ofRun.rawValue) \(value) "
                + "to every run of the profile"
        case .day:
            "the statement limits --\(ofDay.rawValue) \(value) allows more; the day ends at 00:00 UTC"
        }
    }
}
