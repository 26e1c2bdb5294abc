import SwitchboardCore
import SwitchboardSandbox

extension TwilioOperation {
    private static let path = account + "/AvailablePhoneNumbers"

    /// The search for numbers that nobody has (contract section 2).
    static let availableNumbers: [TwilioOperation] =
        [
            TwilioOperation("ListAvailablePhoneNumberCountry", "GET", Route(path + ".json"), run: listCountries),
            TwilioOperation("FetchAvailablePhoneNumberCountry", "GET", Route(path + "/{sid}.json"), run: fetchCountry),
        ]
        + NumberPool.Kind.allCases.map { kind in
            TwilioOperation(
                "ListAvailablePhoneNumber" + kind.rawValue, "GET", Route("\(path)/{country}/\(kind.rawValue).json")
            ) { world, call throws(TwilioError) in .ok(try search(kind, world, call)) }
        }

    /// As many as one search ever returns.
    private static let most = 30

    private static func search(
        _ kind: NumberPool.Kind, _ world: TwilioWorld, _ call: TwilioCall
    ) throws(TwilioError) -> JSON {
        let pools = world.inventory.pools(country: call.names["country"] ?? "", kind)
        guard !pools.isEmpty else { throw call.notFound }
        let filter = try NumberFilter(call.parameters)
        let size = call.parameters["PageSize"].flatMap { Int($0) } ?? most
        guard (1...1000).contains(size) else { throw TwilioError(20007, "Page size must be between 1 and 1000") }
        let hits = pools.lazy.filter(filter.passes).flatMap { pool in
            pool.numbers.lazy.filter { filter.passes($0) && world.owner(of: $0) == nil }.map { (pool, $0) }
        }
        return [
            "available_phone_numbers": .array(hits.prefix(min(size, most)).map { $0.offer($1) }),
            "uri": .string(call.path + (call.query.map { "?" + $0 } ?? "")),
        ]
    }

    private static let listCountries: Body = { world, call throws(TwilioError) in
        let countries = world.inventory.countries.map { country($0, world, call) }
        return .ok(["countries": .array(countries), "uri": .string(call.path)])
    }

    private static let fetchCountry: Body = { world, call throws(TwilioError) in
        guard world.inventory.countries.contains(call.sid) else { throw call.notFound }
        return .ok(country(call.sid, world, call))
    }

    private static func country(_ code: String, _ world: TwilioWorld, _ call: TwilioCall) -> JSON {
        let place = "/2010-04-01/Accounts/\(call.account.sid)/AvailablePhoneNumbers/\(code)"
        let kinds = NumberPool.Kind.allCases.filter { !world.inventory.pools(country: code, $0).isEmpty }
        return [
            "country_code": .string(code), "country": .string(NumberPool.countryNames[code] ?? code),
            "uri": .string(place + ".json"), "beta": false,
            "subresource_uris": .object(
                kinds.map { .init($0.member, .string("\(place)/\($0.rawValue).json")) }),
        ]
    }
}
