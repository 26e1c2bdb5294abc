import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Searches numbers for sale.
public enum Search: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "search", summary: "search numbers for sale at a provider", otherNames: ["find", "available"],
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

    /// A country, an area code or a limit that is written outright is looked at before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? {
        let country = call.literalText("country-code")?.uppercased()
        if let country, !isCountry(country) { return badCountry(country) }
        if let area = call.literalText("area-code"), country ?? "US" == "US", !isArea(area) { return badArea(area) }
        if let limit = call.literalText("limit").flatMap(Int.init), !limits.contains(limit) { return badLimit(limit) }
        return nil
    }

    /// A provider with numbers of several countries has to be told which.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        guard let name = call.text("provider"), !call.mayHave("country-code"),
            let countries = call.registry.plugins[name]?.manifest.countries, countries.count > 1
        else { return [] }
        return [call.fault(.missingArgument, countryNeeded(name), at: nil, help: countryHelp)]
    }

    private static func countryNeeded(_ provider: String) -> String {
        "--country-code is needed: \(provider) has numbers of several countries"
    }

    private static let countryHelp = "such as: --country-code US"
    private static let limits = 1...1000

    private static func isCountry(_ text: String) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { (65...90).contains($0) }
    }

    private static func isArea(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    private static func badCountry(_ text: String) -> TypeFault {
        TypeFault("'\(text)' is no country code", help: "two letters, such as US")
    }

    private static func badArea(_ text: String) -> TypeFault {
        TypeFault("'\(text)' is no US area code", help: "three digits, such as 415")
    }

    private static func badLimit(_ limit: Int) -> TypeFault {
        TypeFault("--limit is 1 to 1000, not \(limit)")
    }

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
        guard limits.contains(limit) else { throw badLimit(limit).error }
        let countries = call.run.registry.plugins[provider]?.manifest.countries ?? []
        guard let country = call.text("country-code")?.uppercased() ?? (countries.count == 1 ? countries[0] : nil)
        else {
            throw SwitchboardError(.invalidArgument, countryNeeded(provider), help: countryHelp)
        }
        guard isCountry(country) else { throw badCountry(country).error }
        let area = call.text("area-code")
        if let area, country == "US", !isArea(area) { throw badArea(area).error }
        return NumberQuery(countryCode: country, areaCode: area, limit: limit)
    }
}
