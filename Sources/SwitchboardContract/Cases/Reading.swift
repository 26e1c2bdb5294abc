import SwitchboardCore

/// One reading call of a provider.
struct Reading: Sendable {
    let name: String
    let call: @Sendable (Trial) async throws -> Void
}

extension ContractBench {
    /// Every reading call that the provider offers.
    var readings: [Reading] {
        let number = Self.nobody
        let country = country
        var readings = [
            Reading(name: "tryCredentials") { try await $0.provider.tryCredentials() },
            Reading(name: "ownedNumbers") { _ = try await $0.provider.ownedNumbers(OwnedNumberFilter()) },
            Reading(name: "lookUp") { trial in if let number { _ = try await trial.provider.lookUp(number) } },
        ]
        if ContractAbility.search.absence(in: subject) == nil {
            readings.append(
                Reading(name: "search") { trial in
                    _ = try await trial.searching.search(NumberQuery(countryCode: country, limit: 5))
                })
        }
        return readings
    }
}
