public import SwitchboardCore

extension SQLiteStore {
    /// What is set for a profile.
    ///
    /// One that cannot be read is `store_unavailable`: a limit is never taken for none.
    public func limits(profile: String) throws -> [Limit: LimitValue] {
        let rows = try read {
            try $0.query("SELECT name, value FROM limits WHERE profile = ?", .text(profile)) {
                ($0.text(0), $0.text(1))
            }
        }
        return try rows.reduce(into: [:]) { limits, row in
            guard let limit = Limit(rawValue: row.0), let value = try? limit.value(row.1) else {
                throw failure.damaged("the limit \(row.0) of profile '\(profile)' is '\(row.1)'")
            }
            limits[limit] = value
        }
    }

    /// Sets limits of a profile; nil takes back what was set.
    public func set(_ limits: [Limit: LimitValue?], profile: String) throws {
        try write { connection in
            for (limit, value) in limits {
                try connection.run(
                    "DELETE FROM limits WHERE profile = ? AND name = ?", .text(profile), .text(limit.rawValue))
                guard let value else { continue }
                try connection.run(
                    "INSERT INTO limits (profile, name, value) VALUES (?, ?, ?)", .text(profile),
                    .text(limit.rawValue), .text(value.description))
            }
        }
    }

    /// What the intents of a profile have spent within a period.
    public func spent(in period: SpendingPeriod, profile: String) throws -> Spent {
        try read { try Self.spent(in: period, profile: profile, $0) }
    }

    static func spent(in period: SpendingPeriod, profile: String, _ connection: SQLiteConnection) throws -> Spent {
        try connection.query(
            "SELECT purchases, monthly_cost, currency FROM spent WHERE profile = ? AND period = ?", .text(profile),
            .text(period.key)
        ) { (purchases: $0.integer(0), cost: $0.integer(1), currency: $0.text(2)) }.reduce(into: Spent()) {
            spent, row in
            let isPriced = !row.currency.isEmpty
            spent.add(row.purchases, isPriced ? row.cost : nil, isPriced ? row.currency : nil)
        }
    }
}
