import SwitchboardCore

/// Numbers for sale.
enum SearchCases {
    static let all = [
        ContractCase(
            "search-orderly", .search, shows: "what is found is of this provider and of the country, each number once"
        ) { bench in
            let found = try await search(bench, limit: 30)
            let unique = Set(found.map(\.e164)).count
            try require(unique == found.count, "\(found.count - unique) of \(found.count) are there twice")
            for number in found {
                try require(number.provider == bench.name, "\(number.e164) is of the provider '\(number.provider)'")
                let region = number.e164.region ?? bench.country
                try require(
                    number.countryCode == bench.country && region == bench.country,
                    "a search in \(bench.country) found \(number.e164) of \(number.countryCode)")
            }
            return "\(found.count) numbers of \(bench.country)"
        },
        ContractCase(
            "search-limit", .search, shows: "no more numbers come back than were asked for, and less than 1 is refused"
        ) {
            bench in
            for limit in [1, 2, 7] {
                let found = try await search(bench, limit: limit)
                try require(found.count <= limit, "a search for \(limit) found \(found.count)")
            }
            let error = try await failure(of: "a search for 0 numbers") { try await search(bench, limit: 0) }
            try require(error.code == .invalidArgument, "a search for 0 numbers is \(error.code)")
            return "1, 2 and 7 at most"
        },
        ContractCase("search-area", .search, shows: "a search by US area code finds numbers of that area only") {
            bench in
            guard bench.manifest.countries.contains("US") else { throw ContractSkip("it sells no US numbers") }
            guard let area = try await search(bench, country: "US", limit: 1).first?.e164.areaCode else {
                throw ContractSkip("no US number is for sale")
            }
            let found = try await search(bench, country: "US", area: area, limit: 10)
            try require(!found.isEmpty, "a search in area \(area), which has numbers, found none")
            let strange = found.first { $0.e164.areaCode != area }
            try require(strange == nil, "a search in area \(area) found \(strange?.e164.text ?? "")")
            return "\(found.count) numbers of area \(area)"
        },
        ContractCase(
            "search-pages", .search, shows: "a search that ends before its limit has seen all there is, on every page"
        ) { bench in
            let all = try await search(bench, limit: 120)
            guard all.count < 120 else { return "120 numbers" }
            for area in Set(all.compactMap(\.e164.areaCode)).sorted().suffix(3) {
                let found = try await search(bench, area: area, limit: 20)
                let new = found.first { number in !all.contains { $0.e164 == number.e164 } }
                try require(
                    new == nil, "a search for 120 ended with \(all.count) and has not seen \(new?.e164.text ?? "")")
            }
            return "all \(all.count) numbers"
        },
        ContractCase(
            "search-elsewhere", .search, shows: "a country without numbers is an empty answer or a clear refusal"
        ) {
            bench in
            let country = bench.manifest.countries.contains("AQ") ? "BV" : "AQ"
            do {
                let found = try await search(bench, country: country, limit: 1)
                try require(found.isEmpty, "a search in \(country) found \(found.first?.e164.text ?? "")")
                return "none in \(country)"
            } catch let error as SwitchboardError {
                let refusals: [ErrorCode] = [.invalidArgument, .unsupported, .notFound, .noMatch]
                try require(refusals.contains(error.code), "a search in \(country) is \(error.code): \(error.message)")
                return "\(country) is refused: \(error.message)"
            }
        },
        ContractCase("search-harmless", .search, shows: "a search changes nothing in the account") { bench in
            let provider = try bench.subject.trial().provider
            let before = try await provider.ownedNumbers(OwnedNumberFilter())
            let found = try await search(bench, limit: 3)
            try require(
                try await provider.ownedNumbers(OwnedNumberFilter()) == before, "it holds other numbers than before")
            for number in found {
                try require(try await provider.lookUp(number.e164) == nil, "\(number.e164), which is for sale, is held")
            }
            return "\(before.count) numbers held before and after"
        },
    ]

    private static func search(
        _ bench: ContractBench, country: String? = nil, area: String? = nil, limit: Int
    ) async throws -> [AvailableNumber] {
        try await bench.subject.trial().searching.search(
            NumberQuery(countryCode: country ?? bench.country, areaCode: area, limit: limit))
    }
}
