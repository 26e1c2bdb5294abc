public import SwitchboardCore

extension LiveKitProvider: NumberSearching {
    /// Returns US numbers for sale, in LiveKit's order; another country has none.
    public func search(_ query: NumberQuery) async throws -> [AvailableNumber] {
        try query.requireLimit(provider: Self.name)
        var found: [AvailableNumber] = []
        var seen: Set<E164> = []
        for wire in try await calls.search(query) {
            guard let number = wire.available, seen.insert(number.e164).inserted else { continue }
            found.append(number)
        }
        return Array(found.prefix(query.limit))
    }
}
