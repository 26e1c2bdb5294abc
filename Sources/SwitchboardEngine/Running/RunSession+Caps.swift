public import SwitchboardCore
import SwitchboardStore

extension RunSession {
    /// What the workspace may hold, and the run and its day may spend, as it is set at this moment: by the host for the
    /// run, else for the profile, else by default.
    public var caps: Caps {
        get throws {
            var caps = Caps.defaults(isLive: isLive)
            caps.take(try store.limits(profile: profile))
            caps.take(given)
            return caps
        }
    }
}

extension Caps {
    /// What holds where nothing is set: where real money is at stake, a run buys no more than 10 numbers.
    public static func defaults(isLive: Bool) -> Caps { Caps(run: SpendingLimits(purchases: isLive ? 10 : nil)) }

    /// Takes over the limits that are given.
    public mutating func take(_ limits: [Limit: LimitValue]) {
        for (limit, value) in limits { self[limit] = value }
    }
}

extension Engine.Request {
    /// What holds instead of what is set for the profile.
    var workspaceLimits: [Limit: LimitValue] {
        var given = profile.limits
        given[.purchases] = limits.purchases.map(LimitValue.count) ?? given[.purchases]
        given[.monthlyCost] = limits.monthlyCost.map(LimitValue.cost) ?? given[.monthlyCost]
        return given
    }
}
