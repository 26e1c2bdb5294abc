public import SwitchboardCore

extension ThistleProvider {
    static let name = "thistle"

    /// What Thistle offers and needs.
    public static let manifest = ProviderManifest(
        name: name,
        displayName: "Thistle Numbers",
        summary: "US numbers of a vendor that does not exist",
        settings: [
            ProviderSetting(
                "url", help: "the base of Thistle's API (Account > API)", isURL: true, environment: "THISTLE_URL"),
            ProviderSetting(
                "account", help: "the account's name, such as acme", isAccount: true, environment: "THISTLE_ACCOUNT"),
            ProviderSetting(
                "token", help: "a token of the account (Account > API > Tokens)", isSecret: true,
                environment: "THISTLE_TOKEN"),
        ],
        capabilities: [
            .search: .yes("US numbers, by area code"),
            .purchase: .yes("bought in the Thistle account of the profile and billed there by the month"),
            .release: .yes("cannot be undone"),
            .assignDispatchRule: .noBecause("Thistle knows no dispatch rules"),
            .importNumbers: .noBecause("Thistle takes over no numbers of other vendors"),
            .inboundCalls: .notYet("Thistle leads calls to a SIP host that is set in its console"),
            .outboundCalls: .noBecause("Thistle's numbers take calls only"),
            .prices: .yes("a search tells the price of a month"),
        ],
        idKinds: [IDKind(name: "thistle-number", prefix: "tn_", alphabet: "0123456789", length: 1...12)],
        countries: ["US"],
        limits: RequestLimits(perSecond: 10, concurrency: 4),
        idempotency: .header("Idempotency-Key"),
        settleTime: .seconds(30))
}
