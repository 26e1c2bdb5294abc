import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Searches numbers for sale.
public enum Search: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "search", summary: "search numbers for sale at a provider",
        parameters: [
            Parameter("provider", .positional, .provider, isRequired: true, help: "where to search"),
            Parameter(
                "country-code", .flag, .string, aliases: ["country"],
                help: "ISO 3166-1 code such as US; may be left out where the provider has one country"),
            Parameter("area-code", .flag, .string, aliases: ["area"], help: "three digits of a US area code"),
            Parameter("limit", .flag, .int, help: "the most numbers to return, 50 unless given"),
        ],
        output: .type(.list(.record(RecordTypes.availableNumber))), effect: .reads, capability: "search",
        examples: [
            .init("search livekit --country-code US --area-code 415 --limit 3", "three numbers of San Francisco"),
            .init("search livekit --area 212 | where .locality == 'NEW YORK' | count", "how many there are"),
        ])

    /// Searches; no number is a valid answer.
    public static func run(_ call: CommandCall) throws -> Value {
        let name = try call.required("provider")
        let query = try query(call, name)
        let provider = try call.run.providers.provider(name, as: (any NumberSearching).self, for: .search)
        let found = try call.run.ask { try await provider.search(query) }
        return .list(found.map { Value($0) })
    }

    private static func query(_ call: CommandCall, _ provider: String) throws -> NumberQuery {
        let limit = call.int("limit") ?? 50
        guard (1...1000).contains(limit) else {
            throw SwitchboardError(.invalidArgument, "--limit is 1 to 1000, not \(limit)")
        }
        let countries = call.run.registry.plugins[provider]?.manifest.countries ?? []
        guard let country = call.text("country-code")?.uppercased() ?? (countries.count == 1 ? countries[0] : nil)
        else {
            throw SwitchboardError(
                .invalidArgument, "--country-code is needed: \(provider) has numbers of several countries")
        }
        let isCode = country.utf8.count == 2 && country.utf8.allSatisfy { (65...90).contains($0) }
        guard isCode else {
            throw SwitchboardError(.invalidArgument, "'\(country)' is no country code", help: "two letters, such as US")
        }
        let area = call.text("area-code")
        if let area, country == "US", area.utf8.count != 3 || !area.utf8.allSatisfy({ (48...57).contains($0) }) {
            throw SwitchboardError(
                .invalidArgument, "'\(area)' is no US area code", help: "three digits, such as 415")
        }
        return NumberQuery(countryCode: country, areaCode: area, limit: limit)
    }
}
