import FoundationEssentials
public import SwitchboardCore
public import SwitchboardLanguage

/// The records that commands return: their declared fields, and how a domain value becomes one.
public enum RecordTypes {
    /// The text `available-number`.
    public static let availableNumber = RecordType(
        name: "available-number", summary: "a number that a provider sells",
        fields: [
            .init("e164", .phone, "the number"), .init("provider", .provider, "who sells it"),
            .init("country_code", .string, "the country, two letters"),
            .init("area_code", .optional(.string), "the area code within the country"),
            .init("number_type", numberType, "what kind of number it is"),
            .init("locality", .optional(.string), "the town"),
            .init("region", .optional(.string), "the state or province"),
            .init("capabilities", .list(.string), "what it can do, such as voice"),
            .init("monthly_cost", .optional(.money), "the price; nothing where the provider tells none"),
        ])

    /// The text `number`.
    public static let number = RecordType(
        name: "number", summary: "a number of the workspace",
        fields: [
            .init("id", .id("phone"), "the workspace's own id"), .init("e164", .phone, "the number"),
            .init("source", .string, "where it came from: livekit, twilio, byoc and so on"),
            .init("provider", .provider, "who carries it"),
            .init("status", .choice(NumberStatus.allCases.map(\.rawValue)), "how it stands with its provider"),
            .init("capabilities", .list(.string), "what it can do, such as voice"),
            .init("label", .optional(.string), "your own words for it"),
            .init("protected", .bool, "whether only --force gives it up"),
            .init("agent_id", .optional(.id("agent")), "the agent that answers it"),
            .init("trunk_id", .optional(.id("trunk")), "the trunk that its calls come by"),
            .init("account", .optional(.string), "the carrier's account that holds it, where a trunk leads it here"),
            .init("country_code", .string, "the country, two letters"),
            .init("area_code", .optional(.string), "the area code within the country"),
            .init("number_type", numberType, "what kind of number it is"),
            .init("locality", .optional(.string), "the town"),
            .init("region", .optional(.string), "the state or province"),
            .init(
                "sip_dispatch_rule_ids", .list(.string), "the dispatch rules that send its calls on, by LiveKit's ids"),
            .init("provider_phone_number_id", .optional(.string), "the provider's own id"),
            .init("monthly_cost", .optional(.money), "the price; nothing where the provider tells none"),
            .init("created_at", .time, "when the workspace got it"), .init("updated_at", .time, "when it last changed"),
        ])

    private static let numberType = ValueType.choice(NumberType.allCases.map(\.rawValue))

    /// The text `agent`.
    public static let agent = RecordType(
        name: "agent", summary: "a voice agent that numbers are bound to",
        fields: [
            .init("id", .id("agent"), "the workspace's own id"), .init("name", .string, "the name that commands take"),
            .init("livekit_agent_name", .string, "the name that the agent is dispatched by"),
            .init("metadata", .string, "the text that its jobs get"), .init("created_at", .time, "when it was added"),
        ])
}

extension Value {
    /// The record `available-number`.
    public init(_ number: AvailableNumber, candidates: CandidatePool? = nil) {
        var record = Record(
            "available-number",
            [
                .init("e164", .phone(number.e164)), .init("provider", .string(number.provider)),
                .init("country_code", .string(number.countryCode)), .init("area_code", .text(number.areaCode)),
                .init("number_type", .string(number.numberType.rawValue)), .init("locality", .text(number.locality)),
                .init("region", .text(number.region)),
                .init("capabilities", .list(number.capabilities.map { .string($0) })),
                .init("monthly_cost", .amount(number.monthlyCost)),
            ])
        record.candidates = candidates
        self = .record(record)
    }

    /// The record `number`.
    public init(_ number: WorkspaceNumber) {
        self = .record(
            Record(
                "number",
                [
                    .init("id", .id(number.id)), .init("e164", .phone(number.e164)),
                    .init("source", .string(number.source.rawValue)), .init("provider", .string(number.provider)),
                    .init("status", .string(number.status.rawValue)),
                    .init("capabilities", .list(number.capabilities.map { .string($0) })),
                    .init("label", .text(number.label)), .init("protected", .bool(number.isProtected ?? false)),
                    .init("agent_id", .idOrNothing(number.agentID)),
                    .init("trunk_id", .idOrNothing(number.trunkID)), .init("account", .text(number.account)),
                    .init("country_code", .string(number.countryCode)), .init("area_code", .text(number.areaCode)),
                    .init("number_type", .string(number.numberType.rawValue)),
                    .init("locality", .text(number.locality)), .init("region", .text(number.region)),
                    .init("sip_dispatch_rule_ids", .list(number.dispatchRuleIDs.map { .string($0) })),
                    .init("provider_phone_number_id", .text(number.providerID)),
                    .init("monthly_cost", .amount(number.monthlyCost)), .init("created_at", .time(number.createdAt)),
                    .init("updated_at", .time(number.updatedAt)),
                ]))
    }

    /// The record `agent`.
    public init(_ agent: Agent) {
        self = .record(
            Record(
                "agent",
                [
                    .init("id", .id(agent.id)), .init("name", .string(agent.name)),
                    .init("livekit_agent_name", .string(agent.dispatchName)),
                    .init("metadata", .string(agent.metadata)), .init("created_at", .time(agent.createdAt)),
                ]))
    }

    /// A text, or nothing.
    public static func text(_ text: String?) -> Value { text.map { .string($0) } ?? .nothing }

    private static func idOrNothing(_ id: String?) -> Value { id.map { .id($0) } ?? .nothing }

    private static func amount(_ money: Money?) -> Value { money.map { .money($0) } ?? .nothing }

    /// The number for sale that this record describes, or nil for any other value.
    public var availableNumber: AvailableNumber? {
        guard case .record(let record) = self, record.typeName == "available-number",
            case .phone(let e164)? = record["e164"], let provider = record["provider"]?.plainText
        else { return nil }
        func text(_ name: String) -> String? {
            guard let value = record[name], !value.isNothing else { return nil }
            return value.plainText
        }
        var cost: Money?
        if case .money(let money)? = record["monthly_cost"] { cost = money }
        var capabilities: [String] = []
        if case .list(let words)? = record["capabilities"] { capabilities = words.compactMap(\.plainText) }
        return AvailableNumber(
            provider: provider, e164: e164, countryCode: text("country_code") ?? "", areaCode: text("area_code"),
            numberType: text("number_type").flatMap(NumberType.init) ?? .unknown, locality: text("locality"),
            region: text("region"), capabilities: capabilities, monthlyCost: cost)
    }
}
