public import SwitchboardCore

extension TwilioProvider: NumberSearching {
    /// Returns numbers with voice for sale, in Twilio's order.
    ///
    /// They are of the first type that the country has, or toll-free for a toll-free area code. Twilio shows 30 at most, a
    /// sample that differs from search to search; more are looked for by their beginnings, of two digits at least.
    public func search(_ query: NumberQuery) async throws -> [AvailableNumber] {
        try query.requireLimit(provider: Self.name)
        if query.areaCode != nil, !["US", "CA"].contains(query.countryCode) {
            throw SwitchboardError(
                .invalidArgument, "twilio finds area codes in the US and in Canada only",
                help: "search without --area-code and filter, such as: where .locality == 'London'",
                provider: Self.name)
        }
        for type in Self.types(for: query) {
            guard let shown = try await numberCalls.available(query, type) else { continue }
            return try await search(query, type, after: shown)
        }
        return []
    }

    /// A search that goes on asks so often at most.
    private static let mostRequests = 50

    private func search(
        _ query: NumberQuery, _ type: AvailableType, after shown: [AvailableNumber]
    ) async throws -> [AvailableNumber] {
        var seen: Set<E164> = []
        var found = shown.filter { seen.insert($0.e164).inserted }
        var beginnings = Self.beginnings(beyond: shown, sharing: query.areaCode.map { "+1\($0)" }?.count ?? 2)[...]
        for _ in 0..<Self.mostRequests where found.count < query.limit {
            guard let beginning = beginnings.popFirst() else { break }
            let more = try await numberCalls.available(query, type, beginning: beginning) ?? []
            found += more.filter { seen.insert($0.e164).inserted }
            beginnings += Self.beginnings(beyond: more, sharing: beginning.count)
        }
        return Array(found.prefix(query.limit))
    }

    /// What the numbers that Twilio did not show begin with, where all share so many characters with those that it has
    /// shown; nothing where that is all.
    ///
    /// They go on from what the shown ones have in common, or leave it at one of its digits, most of them early.
    private static func beginnings(beyond shown: [AvailableNumber], sharing fixed: Int) -> [String] {
        guard shown.count >= NumberCalls.mostShown, let first = shown.first?.e164.text else { return [] }
        let common = shown.reduce(first) { common, number in
            String(zip(common, number.e164.text).prefix { $0 == $1 }.map(\.0))
        }
        return ([common.count] + (min(fixed, common.count)..<common.count)).flatMap { length in
            (0...9).map { "\(common.prefix(length))\($0)" }.filter { !common.hasPrefix($0) }
        }
    }

    private static func types(for query: NumberQuery) -> [AvailableType] {
        let isTollFree = query.areaCode.flatMap { E164("+1\($0)5550100") }?.numberType == .tollFree
        return isTollFree ? [.tollFree] : AvailableType.allCases
    }
}
