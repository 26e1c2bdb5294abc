public import FoundationEssentials
public import SwitchboardCore

extension SQLiteStore {
    /// Claims up to `count` of the candidates, in their order, that are free; returns those that were claimed.
    public func claim(
        _ candidates: [E164], count: Int, provider: String, profile: String, holder: String, until: Date, now: Date
    ) throws -> [E164] {
        try write { connection in
            try connection.run("DELETE FROM claims WHERE until <= ?", .time(now))
            var claimed: [E164] = []
            var seen: Set<E164> = []
            for candidate in candidates where seen.insert(candidate).inserted {
                if claimed.count >= count { break }
                let changed = try connection.run(
                    Self.claimOne, .text(provider), .text(candidate.text), .text(profile), .text(holder),
                    .time(until))
                if changed > 0 { claimed.append(candidate) }
            }
            return claimed
        }
    }

    /// Gives up every claim of a holder on these numbers.
    public func unclaim(_ numbers: [E164], provider: String, profile: String, holder: String) throws {
        try write { connection in
            for number in numbers {
                try connection.run(
                    "DELETE FROM claims WHERE provider = ? AND e164 = ? AND profile = ? AND holder = ?",
                    .text(provider), .text(number.text), .text(profile), .text(holder))
            }
        }
    }

    /// Changes one row if the number is free or the holder's own, none otherwise.
    private static let claimOne = """
        INSERT INTO claims (provider, e164, profile, holder, until)
        SELECT ?1, ?2, ?3, ?4, ?5
        WHERE NOT EXISTS (SELECT 1 FROM numbers WHERE profile = ?3 AND e164 = ?2)
            AND NOT EXISTS (SELECT 1 FROM intents WHERE subject = ?1 || ' ' || ?2 AND state = 'open')
        ON CONFLICT (provider, e164) DO UPDATE SET until = excluded.until
        WHERE profile = excluded.profile AND holder = excluded.holder
        """
}
