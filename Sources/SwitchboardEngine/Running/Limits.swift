public import SwitchboardCore

/// What a host allows one run; nil is no limit.
///
/// Going over one is the error `limit_reached`, exit status 1. Money is reserved before it is spent, so a run with
/// parallel rows never crosses its limits either.
public struct Limits: Hashable, Sendable {
    /// How many rows a list may have, and how many turns a loop.
    public var rows: Int?
    /// How long the run may take; a change that is under way is finished then, a transaction that is open taken back, and
    /// nothing else begun.
    public var time: Duration?
    /// How many numbers it may buy.
    public var purchases: Int?
    /// What the numbers that it buys may cost a month together; a number whose price is not known counts nothing, and
    /// the run says so.
    public var monthlyCost: Money?

    /// Makes limits.
    public init(rows: Int? = nil, time: Duration? = nil, purchases: Int? = nil, monthlyCost: Money? = nil) {
        self.rows = rows
        self.time = time
        self.purchases = purchases
        self.monthlyCost = monthlyCost
    }
}

/// What an effect buys.
public struct Spending: Hashable, Sendable {
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
