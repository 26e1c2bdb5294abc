public import SwitchboardCore
import SwitchboardHTTP

extension ThistleProvider: NumberSearching {
    /// Returns numbers for sale in Thistle's order; another country than the US has none.
    public func search(_ query: NumberQuery) async throws -> [AvailableNumber] {
        try query.requireLimit(provider: Self.name)
        guard query.countryCode == "US" else { return [] }
        let area = query.areaCode.map { [("area_code", $0)] } ?? []
        let found = try await service.list("SearchNumbers", ["v1", "offers"], area, enough: query.limit) { json in
            Self.page(json) { offer in
                offer["number"]?.text.flatMap(E164.init).map { e164 in
                    AvailableNumber(
                        provider: Self.name, e164: e164, countryCode: "US", areaCode: e164.areaCode,
                        numberType: e164.numberType, locality: offer["city"]?.text, region: e164.state,
                        capabilities: ["voice"], monthlyCost: Self.price(offer))
                }
            }
        }
        return Array(found.prefix(query.limit))
    }
}
