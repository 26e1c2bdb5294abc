public import SwitchboardCore
import SwitchboardHTTP

/// Thistle, a vendor that does not exist: the worked example of the guide to providers.
public struct ThistleProvider: NumberProvider {
    let service: JSONService
    let account: String

    /// Makes the provider of one account; does no I/O.
    public init(context: ProviderContext) throws {
        let (settings, profile) = (context.settings, context.profile)
        let token = try settings.requiredSecret("token", provider: Self.name, profile: profile)
        account = try settings.required("account", provider: Self.name, profile: profile)
        service = try JSONService(
            Self.manifest, context: context,
            url: settings.required("url", provider: Self.name, profile: profile),
            headers: [HTTPField("Authorization", "Bearer " + token.reveal())], secrets: [token],
            meanings: [
                "no_such_number": .notFound, "number_gone": .taken, "number_yours": .alreadyOwned,
                "plan_full": .paymentRequired,
            ]
        ) { body in
            body["error"]?["code"]?.text.map { (code: $0, words: body["error"]?["message"]?.text ?? "") }
        }
    }

    /// Returns the account's numbers in ascending order; Thistle tells nothing of released ones.
    public func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] {
        filter.apply(to: try await service.list("ListNumbers", path()) { Self.page($0, Self.owned) })
    }

    /// Returns the number if the account holds it now.
    public func lookUp(_ number: E164) async throws -> OwnedNumber? {
        try await service.find("GetNumber", path(number.text)) { json in
            Self.owned(json).flatMap { $0.e164 == number ? $0 : nil }
        }
    }

    /// The path of the account's numbers, or of one of them by its id or by itself.
    func path(_ number: String...) -> [String] { ["v1", "accounts", account, "numbers"] + number }

    static func page<Row>(_ json: JSON, _ read: (JSON) -> Row?) -> JSONPage<Row>? {
        JSONPage(json["numbers"], next: json["next"]?.text.map { ("cursor", $0) }, read)
    }

    static func owned(_ json: JSON) -> OwnedNumber? {
        guard let id = json["id"]?.text, let e164 = json["number"]?.text.flatMap(E164.init) else { return nil }
        return OwnedNumber(
            provider: name, providerID: id, e164: e164, status: json["state"] == "ready" ? .active : .pending,
            countryCode: "US", areaCode: e164.areaCode, numberType: e164.numberType, locality: json["city"]?.text,
            region: e164.state, capabilities: ["voice"], monthlyCost: price(json))
    }

    static func price(_ json: JSON) -> Money? {
        json["monthly_price"]?.text.flatMap { Money($0 + "USD") }
    }
}
