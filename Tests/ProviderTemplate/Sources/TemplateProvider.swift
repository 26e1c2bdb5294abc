public import SwitchboardCore
import SwitchboardHTTP

/// Template: one sentence on what the vendor sells.
public struct TemplateProvider: NumberProvider {
    /// What every call of the vendor's API is sent by.
    let service: JSONService

    /// Makes the provider of one account; does no I/O.
    public init(context: ProviderContext) throws {
        let (settings, profile) = (context.settings, context.profile)
        let token = try settings.requiredSecret("token", provider: Self.name, profile: profile)
        service = try JSONService(
            Self.manifest, context: context,
            url: settings.required("url", provider: Self.name, profile: profile),
            headers: [HTTPField("Authorization", "Bearer " + token.reveal())], secrets: [token],
            meanings: [:]
        ) { _ in nil }
    }

    /// Returns the account's numbers in ascending order.
    public func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] {
        throw Self.notWritten("listing numbers")
    }

    /// Returns the number if the account holds it now.
    public func lookUp(_ number: E164) async throws -> OwnedNumber? { throw Self.notWritten("looking a number up") }

    /// The error of what this provider is still to do.
    static func notWritten(_ what: String) -> SwitchboardError {
        SwitchboardError(
            .unsupported, "template does not support \(what) yet", help: "docs/providers.md says how to write it",
            provider: name)
    }
}
