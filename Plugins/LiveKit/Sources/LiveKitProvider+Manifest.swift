public import SwitchboardCore

extension LiveKitProvider {
    /// The registered name.
    static let name = "livekit"

    /// What LiveKit Phone Numbers offer and need.
    public static let manifest = ProviderManifest(
        name: name,
        displayName: "LiveKit Phone Numbers",
        summary: "US numbers bought from LiveKit, whose calls reach voice agents without a trunk",
        settings: settings,
        settingsFile: LKConfig.file,
        endpoints: SIPHost.endpoints,
        capabilities: [
            .search: .yes("US numbers, by area code"),
            .purchase: .yes("bought in the LiveKit project of the profile and billed there"),
            .release: .yes("cannot be undone; LiveKit bills the number to the end of the month"),
            .assignDispatchRule: .yes("one dispatch rule at a time; a rule without trunk ids cannot take a number"),
            .importNumbers: .noBecause("LiveKit takes no numbers over; bring them in by a trunk with byoc or twilio"),
            .inboundCalls: .yes("calls reach the agent of the number's dispatch rule"),
            .outboundCalls: .noBecause("LiveKit numbers are inbound only; call out through an outbound trunk"),
            .prices: .noBecause("LiveKit's API tells no prices; see the pricing page of your plan"),
        ],
        idKinds: [
            vendorID("livekit-number", "PN_PPN_"), vendorID("sip-trunk", "ST_"), vendorID("dispatch-rule", "SDR_"),
        ],
        countries: ["US"],
        limits: RequestLimits(perSecond: 16, concurrency: 16),
        idempotency: .header(TwirpClient.requestIDHeader),
        settleTime: .seconds(30))

    private static let settings = [
        ProviderSetting(
            "url", help: "the project's URL, such as wss://acme.livekit.cloud (Settings > Project)", isURL: true,
            isAccount: true, environment: "LIVEKIT_URL"),
        ProviderSetting(
            "api_key", help: "the API key, which begins with API (Settings > Keys)", environment: "LIVEKIT_API_KEY"),
        ProviderSetting(
            "api_secret", help: "the secret that was shown when the API key was made", isSecret: true,
            environment: "LIVEKIT_API_SECRET"),
        ProviderSetting(
            "sip_host",
            help: "the project's SIP host without 'sip:', such as acme01.sip.livekit.cloud; it is not the URL's host",
            isRequired: false),
    ]

    /// LiveKit's ids: a prefix and 12 characters without those that are easily mistaken.
    private static func vendorID(_ name: String, _ prefix: String) -> IDKind {
        let alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
        return IDKind(name: name, prefix: prefix, alphabet: alphabet, length: 12...12)
    }
}
