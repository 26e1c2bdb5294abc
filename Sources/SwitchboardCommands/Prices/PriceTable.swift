import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

/// The profile's table of what numbers cost at providers that do not tell.
enum PriceTable {
    static let about = [
        Parameter("provider", .positional, .provider, isRequired: true, help: "where the numbers are bought"),
        Parameter(
            "country-code", .flag, .string, aliases: ["country"],
            help: "only numbers of this country, such as US; of every country unless given"),
        Parameter(
            "number-type", .flag, .choice(NumberType.allCases.map(\.rawValue)), aliases: ["type"],
            help: "only numbers of this type; of every type unless given"),
    ]

    static let type = RecordType(
        name: "price", summary: "what numbers cost at a provider that does not tell, as the profile has it",
        fields: [
            .init("provider", .provider, "where the numbers are bought"),
            .init("country_code", .optional(.string), "only numbers of this country"),
            .init("number_type", .optional(.string), "only numbers of this type"),
            .init("monthly_cost", .money, "the price of a month"),
        ])

    /// The entry that a call is about.
    static func entry(_ call: CommandCall, _ cost: Money) throws -> ListedPrice {
        ListedPrice(
            provider: try call.required("provider"), countryCode: call.text("country-code")?.uppercased(),
            numberType: call.text("number-type").flatMap { NumberType(rawValue: $0) }, monthlyCost: cost)
    }

    /// Changes the table of the run's profile.
    static func change(_ run: RunSession, _ body: (inout [ListedPrice]) throws -> Void) throws {
        let stored = try run.store.profiles().first { $0.name == run.profile }
        var profile = stored ?? ProfileRecord(name: run.profile, createdAt: run.now)
        var prices = profile.prices ?? []
        try body(&prices)
        profile.prices = prices
        if profile != stored { try run.store.save(profile, secrets: [:]) }
    }

    /// The entry in words, such as `livekit US local`.
    static func words(_ entry: ListedPrice) -> String {
        [entry.provider, entry.countryCode, entry.numberType?.rawValue].compactMap { $0 }.joined(separator: " ")
    }
}

extension RunSession {
    /// The profile's table.
    var listedPrices: [ListedPrice] {
        get throws { try store.profiles().first { $0.name == profile }?.prices ?? [] }
    }

    /// What a number costs by the profile's table; nil where that says nothing.
    func listedPrice(of number: AvailableNumber) throws -> Money? { try listedPrices.price(of: number) }
}

extension Value {
    /// The record `price`.
    init(_ price: ListedPrice) {
        self = .record(
            Record(
                "price",
                [
                    .init("provider", .string(price.provider)), .init("country_code", .text(price.countryCode)),
                    .init("number_type", .text(price.numberType?.rawValue)),
                    .init("monthly_cost", .money(price.monthlyCost)),
                ]))
    }
}
