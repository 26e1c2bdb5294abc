public import SwitchboardCore

/// What a host allows one run.
///
/// Going over one is the error `limit_reached`, exit status 1. Money is counted in the journal, in the transaction that
/// writes the intent to spend it: no number of rows, processes or resumptions brings a run over its limits.
public struct Limits: Hashable, Sendable {
    /// How many rows a list may have, and how many turns a loop; nil is no limit.
    public var rows: Int?
    /// How long the run may take; a change that is under way is finished then, a transaction that is open taken back, and
    /// nothing else begun; nil is no limit.
    public var time: Duration?
    /// How many numbers it may buy; nil leaves it to the profile, in which 10 is the limit where it is live.
    public var purchases: Int?
    /// What the numbers that it buys may cost a month together; nil leaves it to the profile.
    ///
    /// A number whose price is not known is not bought then, and neither is one whose price is in another currency.
    public var monthlyCost: Money?

    /// Makes limits.
    public init(rows: Int? = nil, time: Duration? = nil, purchases: Int? = nil, monthlyCost: Money? = nil) {
        self.rows = rows
        self.time = time
        self.purchases = purchases
        self.monthlyCost = monthlyCost
    }
}
