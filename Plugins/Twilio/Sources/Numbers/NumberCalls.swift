import SwitchboardCore
import SwitchboardHTTP

/// The calls of the core API that deal in numbers.
struct NumberCalls: Sendable {
    /// A page asks for this many numbers.
    static let page = 1000

    let client: TwilioClient

    /// The most numbers that a search shows; it has no pages.
    static let mostShown = 30

    /// Numbers for sale that begin so; nil where the country has none of the type.
    func available(
        _ query: NumberQuery, _ type: AvailableType, beginning: String? = nil
    ) async throws -> [AvailableNumber]? {
        var items: [(String, String)] = []
        if let area = query.areaCode { items.append(("AreaCode", area)) }
        if let beginning { items.append(("Contains", beginning)) }
        items += [("VoiceEnabled", "true"), ("PageSize", String(min(query.limit, Self.mostShown)))]
        let country = PercentEncoding.encode(query.countryCode)
        let call = TwilioCall.get(
            "ListAvailablePhoneNumber\(type.rawValue)",
            .account("/AvailablePhoneNumbers/\(country)/\(type.rawValue).json"), items)
        return try await client.find(call) { json in
            json["available_phone_numbers"]?.elements?.compactMap { AvailableNumber(twilio: $0, type: type) }
        }
    }

    /// The numbers that the account holds.
    func incoming() async throws -> [IncomingNumber] { try await incoming([("PageSize", String(Self.page))]) }

    /// The number if the account holds it.
    ///
    /// Twilio's filter finds other numbers with these digits as well.
    func incoming(_ number: E164) async throws -> IncomingNumber? {
        try await incoming([("PhoneNumber", number.text), ("PageSize", "20")]).first { $0.e164 == number }
    }

    private func incoming(_ items: [(String, String)]) async throws -> [IncomingNumber] {
        try await client.rows(
            .get("ListIncomingPhoneNumber", .account("/IncomingPhoneNumbers.json"), items), "incoming_phone_numbers",
            IncomingNumber.init)
    }

    /// The verified caller ids of the account.
    func callerIDs() async throws -> [CarrierNumber] { try await callerIDs([("PageSize", String(Self.page))]) }

    /// The number if it is a verified caller id of the account.
    func callerID(_ number: E164) async throws -> CarrierNumber? {
        try await callerIDs([("PhoneNumber", number.text), ("PageSize", "20")]).first { $0.e164 == number }
    }

    private func callerIDs(_ items: [(String, String)]) async throws -> [CarrierNumber] {
        try await client.rows(
            .get("ListOutgoingCallerId", .account("/OutgoingCallerIds.json"), items), "outgoing_caller_ids"
        ) { json in
            guard let sid = json.words("sid"), let e164 = json.words("phone_number").flatMap(E164.init) else {
                return nil
            }
            return CarrierNumber(id: sid, e164: e164, kind: .verifiedCallerID)
        }
    }

    /// Buys exactly this number; never by area code, where each repetition would buy another one.
    func buy(_ number: E164) async throws -> IncomingNumber {
        let call = TwilioCall.post(
            "CreateIncomingPhoneNumber", .account("/IncomingPhoneNumbers.json"), [("PhoneNumber", number.text)]
        ) { try await incoming(number) != nil }
        return try await client.send(call) { json in
            IncomingNumber(json).flatMap { $0.e164 == number ? $0 : nil }
        }
    }

    /// Gives a number up; false where the account does not hold it.
    func release(sid: String) async throws -> Bool {
        try await client.delete(.delete("DeleteIncomingPhoneNumber", Self.place(sid), isPatient: true))
    }

    /// Sets where the number's calls go.
    func route(sid: String, _ items: [(String, String)]) async throws {
        try await client.send(.set("UpdateIncomingPhoneNumber", Self.place(sid), items)) { $0["sid"].map { _ in } }
    }

    private static func place(_ sid: String) -> TwilioCall.Place {
        .account("/IncomingPhoneNumbers/\(PercentEncoding.encode(sid)).json")
    }
}
