public import SwitchboardCore

extension TemplateProvider {
    static let name = "template"

    /// What Template offers and needs.
    public static let manifest = ProviderManifest(
        name: name,
        displayName: "Template",
        summary: "one sentence on what the vendor sells",
        settings: [
            ProviderSetting("url", help: "the base of the vendor's API, and where to find it", isURL: true),
            ProviderSetting("token", help: "the account's token, and where to find it", isSecret: true),
        ],
        capabilities: [
            .search: .yes("which numbers, and how they are looked for"),
            .purchase: .yes("which account is billed, and when"),
            .release: .yes("whether it can be undone"),
            .assignDispatchRule: .noBecause("the vendor knows no dispatch rules"),
            .importNumbers: .noBecause("the vendor takes over no numbers of others"),
            .inboundCalls: .notYet("how calls reach a SIP host"),
            .outboundCalls: .notYet("how calls come from a SIP host"),
            .prices: .notYet("where the vendor tells them"),
        ],
        idKinds: [],
        countries: ["US"],
        limits: RequestLimits(concurrency: 1),
        idempotency: .none,
        settleTime: .seconds(30))
}
