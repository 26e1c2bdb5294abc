public import SwitchboardCore

/// Twilio: numbers of many countries, and the SIP trunks that lead their calls to voice agents.
public struct TwilioProvider: NumberProvider {
    let numberCalls: NumberCalls
    let trunkCalls: TrunkCalls
    let credentialCalls: CredentialCalls
    let conferenceCalls: ConferenceCalls
    private let client: TwilioClient

    /// Makes the provider of one account; does no I/O.
    ///
    /// Errors: `unauthorized` for a missing setting, `invalid_argument` for a URL that is none.
    public init(context: ProviderContext) throws {
        client = try TwilioClient(context: context)
        numberCalls = NumberCalls(client: client)
        trunkCalls = TrunkCalls(client: client)
        credentialCalls = CredentialCalls(client: client)
        conferenceCalls = ConferenceCalls(client: client)
    }

    /// The account's `AC…` id.
    public var accountID: String { client.account.sid }

    /// Reads one number and one trunk, as a key may be good for numbers and not for trunks, and a parent account's
    /// credentials act on its own trunks whatever account the settings name.
    public func tryCredentials() async throws {
        let one = [("PageSize", "1")]
        _ = try await client.firstRows(
            .get("ListIncomingPhoneNumber", .account("/IncomingPhoneNumbers.json"), one), "incoming_phone_numbers",
            IncomingNumber.init)
        _ = try await client.firstRows(
            .get("ListTrunk", .trunking("/Trunks"), one), "trunks", trunkCalls.trunk)
    }

    /// Returns the account's numbers in ascending order, each once; Twilio tells nothing of released ones, and no
    /// dispatch rule names a number here.
    public func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] {
        guard filter.dispatchRuleID == nil, filter.statuses != [.released] else { return [] }
        return filter.apply(to: try await numberCalls.incoming().map(\.owned))
    }

    /// Returns the number if the account holds it now; a verified caller id is nobody's number here.
    public func lookUp(_ number: E164) async throws -> OwnedNumber? { try await numberCalls.incoming(number)?.owned }
}
