import SwitchboardCore
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@testable import LiveKitSandbox

/// Tokens, routes, content types and the order in which they are looked at.
@Suite struct EmulatorGateTests {
    private static let list = "PhoneNumberService/ListPhoneNumbers"

    @Test func refusesTokensInLiveKitsWords() async throws {
        let server = try EmulatorHarness()
        let now = server.now
        let admin: JSON = ["admin": true]
        func claims(_ key: JSON, exp: Int64, nbf: Int64? = nil) -> JSON {
            ["iss": key, "exp": .integer(exp), "nbf": nbf.map { .integer($0) } ?? .null, "sip": admin]
        }
        let good = server.token()
        let cases: [(String?, Int, String)] = [
            ("Bearer \(good)", 200, ""),
            (good, 401, "invalid authorization header. Must start with Bearer "),
            ("Basic x", 401, "invalid authorization header. Must start with Bearer "),
            ("Bearer nonsense", 401, "invalid authorization token"),
            ("Bearer a.b.c", 401, "invalid authorization token"),
            ("Bearer " + server.token(claims("stranger", exp: now + 600)), 401, "invalid API key"),
            ("Bearer " + server.token(secret: "other"), 401, "invalid authorization token: "),
            ("Bearer " + server.token(header: ["alg": "none"]), 401, "invalid authorization token: "),
            ("Bearer " + server.token(header: ["alg": "HS384"]), 401, "invalid authorization token: "),
            ("Bearer " + server.token(["iss": "devkey", "sip": admin]), 401, "invalid authorization token: "),
            ("Bearer " + server.token(claims("devkey", exp: now - 61)), 401, "invalid authorization token: "),
            ("Bearer " + server.token(claims("devkey", exp: now - 59)), 200, ""),
            (
                "Bearer " + server.token(claims("devkey", exp: now + 600, nbf: now + 62)), 401,
                "invalid authorization token: "
            ),
            ("Bearer " + server.token(claims("devkey", exp: now + 600, nbf: now + 59)), 200, ""),
        ]
        for (header, status, text) in cases {
            let answer = await server.call(Self.list, "{}", headers: ["Authorization": header ?? ""])
            #expect(answer?.status == status, "\(header ?? "")")
            if status == 401 {
                #expect(answer?.type == "text/plain; charset=utf-8")
                #expect(answer?.text.hasPrefix(text) == true && (text.hasSuffix(": ") || answer?.text == text))
            }
        }
    }

    @Test func refusesAMissingGrantInJSON() async throws {
        let server = try EmulatorHarness()
        let exp = JSON.integer(server.now + 600)
        for claims in [["iss": "devkey", "exp": exp], ["iss": "devkey", "exp": exp, "sip": ["call": true]]]
            as [JSON]
        {
            let answer = await server.call(
                Self.list, "{}", headers: ["Authorization": "Bearer " + server.token(claims)])
            #expect(answer?.status == 401)
            #expect(answer?.text == #"{"code":"unauthenticated","msg":"permissions denied"}"#)
        }
        let none = await server.client.send(
            "POST", "/twirp/livekit." + Self.list, headers: ["Content-Type": "application/json"], body: "{}")
        #expect(none?.text == #"{"code":"unauthenticated","msg":"permissions denied"}"#)
        let parameter = await server.client.send(
            "POST", "/twirp/livekit.\(Self.list)?access_token=\(server.token())",
            headers: ["Content-Type": "application/json"], body: "{}")
        #expect(parameter?.status == 200)
    }

    /// A token made by LiveKit's Python SDK, good until the year 2100.
    @Test func acceptsATokenOfTheRealSDK() async throws {
        let server = try EmulatorHarness()
        server.advance(seconds: 86400 * 365)
        let answer = await server.call(Self.list, "{}", headers: ["Authorization": "Bearer " + sdkToken])
        #expect(answer?.status == 200)
    }

    private let sdkToken =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzaXAiOnsiYWRtaW4iOnRydWUsImNhbGwiOmZhbHNlfSwic3ViI"
        + "joidGVzdCIsImlzcyI6ImRldmtleSIsIm5iZiI6MTc5NTE3NTg0NiwiZXhwIjo0MTAyNDQ0ODAwfQ.VxEd0M36U_iZ"
        + "ORQ6v9llt-XQIzkb4YZxSmg0jFcD1Nw"

    @Test(arguments: [
        ("application/json", "application/json"), ("APPLICATION/JSON", "application/json"),
        ("  application/json ; charset=utf-8", "application/json"),
        ("application/json;charset=UTF-8", "application/json"), ("application/protobuf", "application/protobuf"),
        ("Application/Protobuf;v=1", "application/protobuf"), ("text/plain", nil), ("application/x-protobuf", nil),
        ("application/jsonp", nil), ("application/json x", nil), ("json", nil), ("application/octet-stream", nil),
    ])
    func answersInTheFormOfTheRequest(_ type: String, _ form: String?) async throws {
        let server = try EmulatorHarness()
        let body = form == "application/json" ? "{}" : ""
        let answer = await server.call(Self.list, body, headers: ["Content-Type": type])
        #expect(answer?.status == (form == nil ? 404 : 200))
        #expect(answer?.type == form ?? "application/json")
        guard form == nil else { return }
        #expect(answer?.json["code"] == "bad_route")
        #expect(answer?.json["msg"] == .string("unexpected Content-Type: \"\(type)\""))
        #expect(answer?.json["meta"] == ["twirp_invalid_route": .string("POST /twirp/livekit." + Self.list)])
    }

    @Test func aRequestWithoutAContentTypeIsOfNoForm() async throws {
        let server = try EmulatorHarness()
        let answer = await server.client.send(
            "POST", "/twirp/livekit." + Self.list, headers: ["Authorization": "Bearer " + server.token()], body: "{}")
        #expect(answer?.status == 404)
        #expect(answer?.text.contains(#""msg":"unexpected Content-Type: \"\"""#) == true)
    }
}
