/// An effect as its intent holds it: its own arguments, and the accounts that it is asked of.
struct JournaledEffect<E: Effect>: Codable {
    let effect: E
    /// By provider; empty where the profile has none that could change.
    let accounts: [String: String]

    private enum Key: String, CodingKey { case accounts = "of_accounts" }

    init(_ effect: E, accounts: [String: String]) {
        self.effect = effect
        self.accounts = accounts
    }

    init(from decoder: any Decoder) throws {
        effect = try E(from: decoder)
        accounts =
            try decoder.container(keyedBy: Key.self).decodeIfPresent([String: String].self, forKey: .accounts) ?? [:]
    }

    func encode(to encoder: any Encoder) throws {
        try effect.encode(to: encoder)
        guard !accounts.isEmpty else { return }
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(accounts, forKey: .accounts)
    }

    /// The provider whose account is another one now; an answer from there would tell nothing about this effect.
    func movedProvider(_ now: [String: String]) -> String? {
        accounts.keys.sorted().first { accounts[$0] != now[$0] }
    }
}
