public import SwitchboardCore

extension TwilioProvider {
    /// The registered name.
    static let name = "twilio"

    /// What Twilio offers and needs.
    public static let manifest = ProviderManifest(
        name: name,
        displayName: "Twilio",
        summary: "numbers of many countries, whose calls reach voice agents by a SIP trunk",
        settings: settings,
        capabilities: [
            .search: .yes("numbers with voice, local ones first; a sample of them that differs from search to search"),
            .purchase: .yes(
                "bought in the Twilio account of the profile and billed there; some countries ask for papers"),
            .release: .yes("cannot be undone"),
            .assignDispatchRule: .noBecause("a Twilio number reaches dispatch rules by a SIP trunk, never by itself"),
            .importNumbers: .yes("numbers of any account come in by one SIP trunk of that account, which import makes"),
            .inboundCalls: .yes("by that trunk, which the first import or bind-agent of the account makes"),
            .outboundCalls: .yes("by the same trunk; verified caller ids may be shown"),
            .prices: .notYet("they are in another API of Twilio's; see its pricing page"),
        ],
        idKinds: [sid("twilio-number", "PN"), sid("twilio-trunk", "TK")],
        countries: countries,
        limits: RequestLimits(concurrency: 4),
        idempotency: .none,
        settleTime: .seconds(30),
        purchaseSource: .twilioPurchased)

    private static let settings = [
        ProviderSetting(
            "account_sid", help: "the account's SID, which begins with AC (Account > API keys & tokens)",
            isAccount: true, environment: "TWILIO_ACCOUNT_SID"),
        ProviderSetting(
            "auth_token", help: "the account's auth token, or the secret of the API key", isSecret: true,
            environment: "TWILIO_AUTH_TOKEN"),
        ProviderSetting(
            "api_key_sid", help: "the SID of an API key, which begins with SK, where auth_token is its secret",
            isRequired: false),
        ProviderSetting(
            "url", help: "the base of Twilio's API, in another region such as https://api.dublin.ie1.twilio.com",
            isRequired: false, isURL: true, defaultValue: TwilioAccount.productionURL),
        ProviderSetting(
            "trunking_url", help: "the base of Twilio's trunking API, where url does not tell it", isRequired: false,
            isURL: true),
    ]

    /// The larger ones; every other country is asked for all the same.
    private static let countries = [
        "US", "CA", "GB", "AR", "AT", "AU", "BE", "BG", "BR", "CH", "CL", "CO", "CZ", "DE", "DK", "DO", "EE", "ES",
        "FI",
        "FR", "HK", "HU", "IE", "IL", "IT", "JP", "LT", "MX", "NL", "NO", "NZ", "PE", "PL", "PT", "RO", "SE", "SG",
        "SK",
        "ZA",
    ]

    /// Twilio's ids: two letters and 32 hexadecimal digits.
    private static func sid(_ name: String, _ prefix: String) -> IDKind {
        IDKind(name: name, prefix: prefix, alphabet: "0123456789abcdefABCDEF", length: 32...32)
    }
}
