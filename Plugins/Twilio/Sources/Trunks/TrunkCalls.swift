import SwitchboardCore
import SwitchboardHTTP

/// The calls of the trunking API that deal in trunks, in where they lead and in their numbers.
struct TrunkCalls: Sendable {
    /// A page asks for this many rows.
    static let page = ("PageSize", "100")

    let client: TwilioClient

    // MARK: Trunks

    /// The account's trunks by their domain names; those without one are left out.
    func trunks() async throws -> [String: CarrierTrunk] {
        let trunks = try await client.rows(.get("ListTrunk", .trunking("/Trunks"), [Self.page]), "trunks", trunk)
        return Dictionary(trunks.compactMap { trunk in trunk.terminationHost.map { ($0, trunk) } }) { first, _ in first
        }
    }

    /// Makes a trunk; throws a `TwilioRefusal`.
    ///
    /// One that comes out in another account is deleted again, or it would stay there, where nobody looks for it.
    func create(domain: String) async throws -> CarrierTrunk {
        let items = [("FriendlyName", "switchboard"), ("DomainName", domain), ("Secure", "false")]
        let call = TwilioCall.post("CreateTrunk", .trunking("/Trunks"), items) { try await trunks()[domain] != nil }
        let (id, json) = try await client.ask(call) { json in json.words("sid").map { ($0, json) } }
        do {
            try requireOwn(id, json)
        } catch {
            do { try await delete(trunk: id) } catch {
                var failure = SwitchboardError(wrapping: error)
                failure.mayHaveHappened = true
                throw failure
            }
            throw error
        }
        return Self.trunk(id, json)
    }

    /// Deletes a trunk.
    func delete(trunk id: String) async throws {
        _ = try await client.delete(.delete("DeleteTrunk", .trunking(Self.path(id))))
    }

    /// Reads a trunk, which must be the account's.
    func trunk(_ json: JSON) throws -> CarrierTrunk? {
        guard let id = json.words("sid") else { return nil }
        try requireOwn(id, json)
        return Self.trunk(id, json)
    }

    private static func trunk(_ id: String, _ json: JSON) -> CarrierTrunk {
        CarrierTrunk(id: id, name: json.words("friendly_name") ?? "", terminationHost: json.words("domain_name"))
    }

    /// The credentials of a parent account see and make its own trunks, whatever account the settings name (contract
    /// section 1.3).
    private func requireOwn(_ id: String, _ json: JSON) throws {
        guard let owner = json.words("account_sid"), owner != client.account.sid else { return }
        throw SwitchboardError(
            .unauthorized,
            "twilio's trunk \(id) is in the account \(owner), not in \(client.account.sid) that the settings name",
            help: "a subaccount needs its own credentials for trunks", provider: TwilioProvider.name,
            fields: ["account_sid": "not the account of the credentials"])
    }

    // MARK: Numbers

    /// The numbers on a trunk.
    func numbers(ofTrunk id: String) async throws -> [E164] {
        try await client.rows(
            .get("ListPhoneNumber", .trunking(Self.path(id) + "/PhoneNumbers"), [Self.page]), "phone_numbers"
        ) { $0.words("phone_number").flatMap(E164.init) }
    }

    /// Puts a number on a trunk.
    func attach(
        number sid: String, toTrunk id: String, unless happened: @escaping @Sendable () async throws -> Bool
    ) async throws {
        try await client.send(
            .post(
                "CreatePhoneNumber", .trunking(Self.path(id) + "/PhoneNumbers"), [("PhoneNumberSid", sid)],
                unless: happened)
        ) { $0.words("sid").map { _ in } }
    }

    /// Takes a number off a trunk; it stays the account's.
    func detach(number sid: String, fromTrunk id: String) async throws {
        _ = try await client.delete(
            .delete("DeletePhoneNumber", .trunking(Self.path(id) + "/PhoneNumbers/" + PercentEncoding.encode(sid))))
    }

    // MARK: Origination URLs

    /// Where a trunk leads calls to.
    func originationURLs(ofTrunk id: String) async throws -> [OriginationURL] {
        try await client.rows(
            .get("ListOriginationUrl", .trunking(Self.path(id) + "/OriginationUrls"), [Self.page]), "origination_urls",
            Self.originationURL)
    }

    /// Has a trunk lead calls to a SIP URI.
    func create(originationURL uri: String, ofTrunk id: String) async throws -> OriginationURL {
        let items = [
            ("Weight", "1"), ("Priority", "1"), ("Enabled", "true"), ("FriendlyName", "switchboard"), ("SipUrl", uri),
        ]
        let call = TwilioCall.post("CreateOriginationUrl", .trunking(Self.path(id) + "/OriginationUrls"), items) {
            try await originationURLs(ofTrunk: id).contains { OriginationURL.meansSame($0.sipURI, uri) }
        }
        return try await client.send(call, Self.originationURL)
    }

    /// Has calls go to an origination URL again.
    func enable(originationURL urlID: String, ofTrunk id: String) async throws -> OriginationURL {
        let place = TwilioCall.Place.trunking(
            Self.path(id) + "/OriginationUrls/" + PercentEncoding.encode(urlID))
        return try await client.send(.set("UpdateOriginationUrl", place, [("Enabled", "true")]), Self.originationURL)
    }

    /// Takes an origination URL away.
    func delete(originationURL urlID: String, ofTrunk id: String) async throws {
        let place = TwilioCall.Place.trunking(
            Self.path(id) + "/OriginationUrls/" + PercentEncoding.encode(urlID))
        _ = try await client.delete(.delete("DeleteOriginationUrl", place))
    }

    private static func originationURL(_ json: JSON) -> OriginationURL? {
        guard let id = json.words("sid"), let uri = json.words("sip_url") else { return nil }
        return OriginationURL(id: id, sipURI: uri, isEnabled: json.isTrue("enabled"))
    }

    static func path(_ id: String) -> String { "/Trunks/" + PercentEncoding.encode(id) }
}
