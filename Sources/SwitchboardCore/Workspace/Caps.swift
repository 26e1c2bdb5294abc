/// How much a workspace may hold, and what its runs may spend.
public struct Caps: Hashable, Sendable {
    /// The most numbers, of all sources together.
    public var numbers: Int
    /// The most trunks.
    public var trunks: Int
    /// What one run may spend.
    public var run: SpendingLimits
    /// What all runs of one day in UTC may spend together.
    public var day: SpendingLimits

    /// Makes caps; 100 numbers, 20 trunks and any spending unless said otherwise.
    public init(
        numbers: Int = 100, trunks: Int = 20, run: SpendingLimits = SpendingLimits(),
        day: SpendingLimits = SpendingLimits()
    ) {
        self.numbers = numbers
        self.trunks = trunks
        self.run = run
        self.day = day
    }

    /// What a limit is.
    public subscript(limit: Limit) -> LimitValue {
        get {
            switch limit {
            case .numbers: LimitValue(numbers)
            case .trunks: LimitValue(trunks)
            case .purchases: run.purchases.map(LimitValue.count) ?? .none
            case .monthlyCost: run.monthlyCost.map(LimitValue.cost) ?? .none
            case .purchasesPerDay: day.purchases.map(LimitValue.count) ?? .none
            case .monthlyCostPerDay: day.monthlyCost.map(LimitValue.cost) ?? .none
            }
        }
        set {
            switch limit {
            case .numbers: numbers = newValue.count ?? .max
            case .trunks: trunks = newValue.count ?? .max
            case .purchases: run.purchases = newValue.count
            case .monthlyCost: run.monthlyCost = newValue.cost
            case .purchasesPerDay: day.purchases = newValue.count
            case .monthlyCostPerDay: day.monthlyCost = newValue.cost
            }
        }
    }
}

extension Caps {
    /// Throws `payment_required` where a workspace has no room for more of what is called `noun`, such as `number`, beside
    /// what it holds and what work under way has reserved.
    public static func require(_ asked: Int, of noun: String, upTo cap: Int, held: Int, reserved: Int) throws {
        guard asked > 0, held + reserved + asked > cap else { return }
        throw SwitchboardError(
            .paymentRequired,
            "the workspace may hold \(cap) \(noun)s: it holds \(held), work under way has reserved \(reserved), "
                + "and \(asked) more would be needed",
            help: "remove \(noun)s that are not needed, or raise the cap with --max-\(noun)s")
    }
}
