import LiveKitProvider
import SwitchboardCore

extension PlantedFault<Graft> {
    /// Faults of what is told before anything is done, and of what is told of the account.
    static let declarations = [
        PlantedFault(
            "answers a capability without a remark", caughtBy: "manifest-complete",
            Graft(manifest: { $0.capabilities[.prices] = .noBecause("") })),
        PlantedFault(
            "leaves a capability out", caughtBy: "manifest-complete",
            Graft(manifest: { $0.capabilities[.inboundCalls] = nil })),
        PlantedFault(
            "declares less than it can", caughtBy: "manifest-abilities",
            Graft(manifest: { $0.capabilities[.search] = .notYet("later") })),
        PlantedFault(
            "takes a default for a missing setting", caughtBy: "settings-missing",
            Graft(context: { context in
                if context.settings["api_key"] == nil {
                    let url = context.settings["url"] ?? "http://127.0.0.1"
                    let secret = context.settings.secret("api_secret") ?? Secret("x")
                    context.settings = ProviderSettings(
                        plain: ["url": url, "api_key": "devkey"], secrets: ["api_secret": secret])
                }
            })),
        PlantedFault(
            "asks the vendor while it is made", caughtBy: "making-silent",
            Graft(made: { provider, _ in Task { _ = try? await provider.tryCredentials() } })),
        PlantedFault(
            "tries no credentials", caughtBy: "credentials-good", Graft(tryCredentials: { _ in })),
        PlantedFault(
            "says success on 401", caughtBy: "credentials-wrong",
            Graft(tryCredentials: { provider in
                do { try await provider.tryCredentials() } catch let error as SwitchboardError
                    where error.code == .unauthorized
                {}
            })),
        PlantedFault(
            "puts the token into an error text", caughtBy: "secrets-hidden",
            Graft(error: { error, context in
                error.help = "the secret is \(context.settings.secret("api_secret")?.reveal() ?? "")"
            })),
        PlantedFault(
            "puts the sent token into the request log", caughtBy: "secrets-hidden",
            Graft(network: { request, next, context in
                for header in request.headers { context.log?("\(header.name): \(header.value)") }
                return try await next.send(request)
            })),
        PlantedFault(
            "takes nobody for an error", caughtBy: "look-up-nobody",
            Graft(lookUp: { provider, number in
                guard let held = try await provider.lookUp(number) else {
                    throw SwitchboardError(.notFound, "not held", provider: "livekit")
                }
                return held
            })),
        PlantedFault(
            "lists without order", caughtBy: "list-orderly",
            Graft(ownedNumbers: { try await $0.ownedNumbers(OwnedNumberFilter()).reversed() })),
        PlantedFault(
            "lists a number twice", caughtBy: "list-orderly",
            Graft(ownedNumbers: { provider in
                let list = try await provider.ownedNumbers(OwnedNumberFilter())
                return list.prefix(1) + list
            })),
        PlantedFault(
            "makes ids up", caughtBy: "list-orderly",
            Graft(ownedNumbers: { provider in
                try await provider.ownedNumbers(OwnedNumberFilter()).map { number in
                    var number = number
                    number.providerID = number.e164.text
                    return number
                }
            })),
        PlantedFault(
            "tells two stories of one number", caughtBy: "list-looked-up",
            Graft(lookUp: { provider, number in
                var held = try await provider.lookUp(number)
                held?.status = .pending
                return held
            })),
        PlantedFault(
            "ignores page 2 of the list", caughtBy: "list-pages",
            Graft(ownedNumbers: { Array(try await $0.ownedNumbers(OwnedNumberFilter()).prefix(500)) })),
        PlantedFault(
            "finds a number of another country", caughtBy: "search-orderly",
            Graft(search: { provider, query in
                let strange = E164("+442079460150").map {
                    AvailableNumber(provider: "livekit", e164: $0, countryCode: "GB")
                }
                return try await provider.search(query).dropLast() + [strange].compactMap(\.self)
            })),
        PlantedFault(
            "holds a search for ever", caughtBy: "search-orderly",
            Graft(search: { _, _ in
                try await Task.sleep(for: .seconds(3600))
                return []
            })),
        PlantedFault(
            "finds more than was asked for", caughtBy: "search-limit",
            Graft(search: { provider, query in
                guard query.limit > 0 else { return try await provider.search(query) }
                return try await provider.search(NumberQuery(countryCode: query.countryCode, limit: query.limit + 1))
            })),
        PlantedFault(
            "ignores the area code", caughtBy: "search-area",
            Graft(search: { provider, query in
                let found = try await provider.search(NumberQuery(countryCode: query.countryCode, limit: 200))
                return query.areaCode == nil ? Array(found.prefix(query.limit)) : found.suffix(query.limit)
            })),
        PlantedFault(
            "ignores page 2 of a search", caughtBy: "search-pages",
            Graft(search: { provider, query in
                var query = query
                query.limit = min(query.limit, 60)
                let found = try await provider.search(query)
                return query.areaCode == nil ? Array(found.prefix(60)) : found
            })),
        PlantedFault(
            "throws where a country has no numbers", caughtBy: "search-elsewhere",
            Graft(search: { provider, query in
                let found = try await provider.search(query)
                if found.isEmpty { throw SwitchboardError(.internal, "nothing") }
                return found
            })),
        PlantedFault(
            "holds at the vendor what it finds", caughtBy: "search-harmless",
            Graft(search: { provider, query in
                let found = try await provider.search(query)
                if let first = found.first { _ = try await provider.purchase(first.e164, key: "reserve") }
                return found
            })),
    ]
}
