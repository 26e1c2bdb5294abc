import SwitchboardCore
import Testing

@testable import LiveKitSandbox

/// Pages and the tokens between them, which `lk` makes and reads itself (contract section 3.2).
@Suite struct EmulatorPageTests {
    private static func token(_ json: String) -> String { Base64URL.encode(Array(json.utf8)) }

    private static let ten: JSON = ["numbers": .strings((100..<110).map { "+14155550\($0)" })]

    /// The numbers' last digits, the token that follows and the count, of a listing of ten numbers.
    private func list(_ server: EmulatorHarness, _ body: String) async -> EmulatorHarness.Answer? {
        await server.call("PhoneNumberService/ListPhoneNumbers", body)
    }

    private func lines(_ answer: EmulatorHarness.Answer?) -> [Int]? {
        answer?.json["items"]?.elements?.compactMap { Int($0["e164_format"]?.text?.suffix(3) ?? "") }
    }

    /// The bytes of a token: base64 for URLs, with its padding, of compact JSON.
    @Test(arguments: [
        (#"{"offset":0,"limit":50}"#, "eyJvZmZzZXQiOjAsImxpbWl0Ijo1MH0="),
        (#"{"offset":2,"limit":2}"#, "eyJvZmZzZXQiOjIsImxpbWl0IjoyfQ=="),
        (#"{"offset":50,"limit":50}"#, "eyJvZmZzZXQiOjUwLCJsaW1pdCI6NTB9"),
    ])
    func tokensAreLiveKits(_ json: String, _ token: String) async throws {
        #expect(Self.token(json) == token)
        let server = try EmulatorHarness()
        let answer = await server.call(
            "PhoneNumberService/SearchPhoneNumbers",
            "{\"country_code\":\"US\",\"page_token\":{\"token\":\"\(token)\"}}")
        #expect(answer?.status == 200)
    }

    @Test func aPageTellsWhereTheNextBegins() async throws {
        let server = try EmulatorHarness(seed: Self.ten)
        let first = await list(server, #"{"limit":4}"#)
        #expect(lines(first) == [100, 101, 102, 103])
        #expect(first?.json["next_page_token"] == ["token": .string(Self.token(#"{"offset":4,"limit":4}"#))])
        let last = await list(server, "{\"page_token\":{\"token\":\"\(Self.token(#"{"offset":8,"limit":4}"#))\"}}")
        #expect(lines(last) == [108, 109])
        #expect(last?.json["next_page_token"] == .null)
        let exact = await list(server, #"{"limit":10}"#)
        #expect(exact?.json["next_page_token"] == .null)
        for answer in [first, last, exact] {
            #expect(answer?.json["total_count"] == 10)
            #expect(answer?.json["offline_count"] == 10)
        }
        let search = await server.call("PhoneNumberService/SearchPhoneNumbers", #"{"country_code":"US"}"#)
        #expect(search?.json["next_page_token"] == ["token": "eyJvZmZzZXQiOjUwLCJsaW1pdCI6NTB9"])
    }

    /// A token's limit counts before the request's, 50 without either, all within 1 to 1000.
    @Test(
        arguments: [
            (nil, nil, 10), (3, nil, 3), (3, #"{"offset":0,"limit":2}"#, 2), (nil, #"{"offset":0,"limit":2}"#, 2),
            (3, #"{"offset":0}"#, 3), (nil, #"{"limit":4}"#, 4), (0, nil, 1), (-5, nil, 1), (5000, nil, 10),
            (nil, #"{"offset":0,"limit":0}"#, 1), (nil, #"{"offset":0,"limit":-1}"#, 1),
            (nil, #"{"offset":0,"limit":5000}"#, 10), (nil, #"{"offset":10,"limit":50}"#, 0),
            (nil, #"{"offset":9223372036854775807,"limit":50}"#, 0), (3, "", 3), (nil, #"{"limit":2,"x":[]}"#, 2),
        ] as [(Int?, String?, Int)])
    func limitsHaveAnOrder(_ limit: Int?, _ token: String?, _ count: Int) async throws {
        let server = try EmulatorHarness(seed: Self.ten)
        var members: [JSON.Member] = []
        if let limit { members.append(.init("limit", .integer(limit))) }
        if let token { members.append(.init("page_token", ["token": .string(Self.token(token))])) }
        #expect(lines(await list(server, JSON.object(members).compact))?.count == count)
    }

    @Test func aPageHasAThousandNumbersAtMost() async throws {
        let server = try EmulatorHarness()
        let answer = await server.call(
            "PhoneNumberService/SearchPhoneNumbers", #"{"country_code":"US","limit":1000000}"#)
        #expect(answer?.json["items"]?.elements?.count == 1000)
        #expect(
            answer?.json["next_page_token"]?["token"] == .string(Self.token(#"{"offset":1000,"limit":1000}"#)))
    }

    @Test(
        arguments: [
            "x", "!!!!", "bm9wZQ==", token("[]"), token("null"), token("5"), token(#"{"offset":-1,"limit":5}"#),
            token(#"{"offset":"1"}"#), token(#"{"offset":1.5}"#), token(#"{"limit":true}"#),
            token(#"{"offset":0,"limit":5}x"#), "eyJvZmZzZXQiOjAsImxpbWl0Ijo1MH0 =",
        ])
    func aBrokenTokenIsRefused(_ token: String) async throws {
        let server = try EmulatorHarness()
        let list = await list(server, JSON.object([.init("page_token", ["token": .string(token)])]).compact)
        let search: JSON = ["country_code": "US", "page_token": ["token": .string(token)]]
        for answer in [list, await server.call("PhoneNumberService/SearchPhoneNumbers", search.compact)] {
            #expect(answer?.status == 400)
            #expect(answer?.text == #"{"code":"invalid_argument","msg":"invalid page token"}"#)
        }
    }

    @Test func aTokenMayLackItsPadding() async throws {
        let server = try EmulatorHarness(seed: Self.ten)
        #expect(lines(await list(server, #"{"pageToken":{"token":"eyJvZmZzZXQiOjIsImxpbWl0IjoyfQ"}}"#)) == [102, 103])
    }
}
