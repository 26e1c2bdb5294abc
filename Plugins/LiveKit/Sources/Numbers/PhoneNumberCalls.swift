import SwitchboardCore
import SwitchboardHTTP

/// The calls of LiveKit's PhoneNumberService.
struct PhoneNumberCalls: Sendable {
    /// A page asks for this many numbers at most.
    static let searchPage = 100
    static let listPage = 500

    let client: TwirpClient
    let log: (@Sendable (String) -> Void)?

    /// Numbers for sale, as many pages as the limit needs.
    func search(_ query: NumberQuery) async throws -> [PhoneNumber] {
        var body: JSON = [
            "country_code": .string(query.countryCode), "limit": .integer(min(query.limit, Self.searchPage)),
        ]
        if let area = query.areaCode { body = body.setting("area_code", to: .string(area)) }
        return try await pages(
            TwirpCall(service: .phoneNumbers, method: "SearchPhoneNumbers", body: body, deadline: .seconds(30)),
            enough: query.limit)
    }

    /// The project's numbers of these statuses, all pages.
    func list(statuses: [NumberStatus], ruleID: String?) async throws -> [PhoneNumber] {
        var body: JSON = [
            "limit": .integer(Self.listPage), "statuses": .strings(statuses.map(WireEnum.numberStatus.name)),
        ]
        if let ruleID { body = body.setting("sip_dispatch_rule_id", to: .string(ruleID)) }
        return try await pages(
            TwirpCall(service: .phoneNumbers, method: "ListPhoneNumbers", body: body), enough: Int.max)
    }

    /// The number if the project holds it now.
    func held(_ number: E164) async throws -> OwnedNumber? {
        let call = TwirpCall(
            service: .phoneNumbers, method: "GetPhoneNumber", body: ["phone_number": .string(number.text)])
        let answer: JSON
        do {
            answer = try await client.send(call)
        } catch let error as SwitchboardError where error.code == .notFound {
            return nil
        }
        guard let owned = answer.field("phone_number").map(PhoneNumber.init)?.owned, owned.e164 == number else {
            throw Self.badAnswer("livekit was asked for \(number) and answered with something else", isWrite: false)
        }
        return owned.status == .released ? nil : owned
    }

    /// Buys one number and returns LiveKit's sparse description of it.
    func purchase(_ number: E164, key: String) async throws -> PhoneNumber {
        let write = TwirpCall.Write(requestID: key, repeatability: .afterAsking { try await held(number) != nil })
        let numbers = try await client.send(
            TwirpCall(
                service: .phoneNumbers, method: "PurchasePhoneNumber", body: ["phone_numbers": .strings([number.text])],
                deadline: .seconds(30), write: write,
                meanings: ["not_found": .taken, "already_exists": .alreadyOwned])
        ) { $0.objects("phone_numbers")?.map(PhoneNumber.init) }
        guard let bought = numbers.first(where: { $0.e164 == number }) else {
            throw Self.badAnswer("livekit's answer to the purchase does not name \(number)", isWrite: true)
        }
        return bought
    }

    /// Gives a number up.
    func release(_ number: OwnedNumber, key: String) async throws {
        let asking = TwirpCall.Write(
            requestID: key, repeatability: .afterAsking { try await held(number.e164)?.providerID != number.providerID }
        )
        _ = try await client.send(
            TwirpCall(
                service: .phoneNumbers, method: "ReleasePhoneNumbers", body: ["ids": .strings([number.providerID])],
                write: asking))
    }

    /// The number that a project holds; one that cannot be read is noted and left out.
    func owned(_ number: PhoneNumber) -> OwnedNumber? {
        if number.owned == nil { note("an answer holds a number without a readable number or id") }
        return number.owned
    }

    /// Tells the log of something that is no error.
    func note(_ line: String) { log?("livekit: " + line) }

    private func pages(_ call: TwirpCall, enough: Int) async throws -> [PhoneNumber] {
        var call = call
        var numbers: [PhoneNumber] = []
        var tokens: Set<String> = []
        for _ in 0..<1000 {
            let page = try await client.send(call, NumberPage.init)
            numbers += page.numbers
            guard numbers.count < enough, let token = page.nextToken, tokens.insert(token).inserted else {
                return numbers
            }
            call.body = call.body.setting("page_token", to: ["token": .string(token)])
        }
        throw Self.badAnswer("livekit's list of numbers does not end after 1000 pages", isWrite: false)
    }

    private static func badAnswer(_ message: String, isWrite: Bool) -> SwitchboardError {
        SwitchboardError(
            .badAnswer, message, provider: LiveKitProvider.name, status: 200, mayHaveHappened: isWrite, attempts: 1)
    }
}

/// A page of numbers and the opaque token of the next.
private struct NumberPage {
    var numbers: [PhoneNumber]
    var nextToken: String?

    init?(_ json: JSON) {
        guard let items = json.objects("items") else { return nil }
        numbers = items.map(PhoneNumber.init)
        let token = json.field("next_page_token")?.text("token") ?? ""
        nextToken = token.isEmpty ? nil : token
    }
}
