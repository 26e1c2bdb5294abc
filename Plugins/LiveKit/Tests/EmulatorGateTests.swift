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

    @Test func looksAtOneThingAfterTheOther() async throws {
        let server = try EmulatorHarness()
        let good = ["Authorization": "Bearer " + server.token(), "Content-Type": "application/json"]
        let bad = ["Authorization": "Bearer x", "Content-Type": "application/json"]
        let bare = ["Content-Type": "application/json"]
        let big = String(repeating: " ", count: (10 << 20) + 1)
        let path = "/twirp/livekit.PhoneNumberService/ListPhoneNumbers"
        let cases: [(String, String, [String: String], String, Int, String)] = [
            ("POST", "/nowhere", bad, big, 413, "request body too large"),
            ("GET", "/nowhere", bad, "", 401, "invalid authorization token"),
            ("GET", "/nowhere", good, "", 404, "404 page not found"),
            ("POST", "/twirp/livekit.RoomService/ListRooms", good, "{}", 404, "404 page not found"),
            ("GET", "/", [:], "", 200, "OK"),
            (
                "GET", path, good, "", 404,
                #"{"code":"bad_route","msg":"unsupported method \"GET\" (only POST is allowed)","#
                    + #""meta":{"twirp_invalid_route":"GET /twirp/livekit.PhoneNumberService/ListPhoneNumbers"}}"#
            ),
            (
                "POST", "/twirp/livekit.SIP/createSIPDispatchRule", ["Authorization": good["Authorization"] ?? ""], "x",
                404,
                #"{"code":"bad_route","msg":"no handler for path \"/twirp/livekit.SIP/createSIPDispatchRule\"","#
                    + #""meta":{"twirp_invalid_route":"POST /twirp/livekit.SIP/createSIPDispatchRule"}}"#
            ),
            (
                "POST", path, bare.merging(["Content-Type": "text/plain"]) { $1 }, "x", 404,
                #"{"code":"bad_route","msg":"unexpected Content-Type: \"text/plain\"","meta":{"twirp_invalid_route":"#
                    + #""POST /twirp/livekit.PhoneNumberService/ListPhoneNumbers"}}"#
            ),
            ("POST", path, bare, "x", 400, #"{"code":"malformed","msg":"the json request could not be decoded"}"#),
            ("POST", path, bare, "{}", 401, #"{"code":"unauthenticated","msg":"permissions denied"}"#),
            (
                "POST", "/" + path, good, "{}", 200,
                #"{"items":[],"next_page_token":null,"total_count":0,"offline_count":0}"#
            ),
        ]
        for (method, path, headers, body, status, text) in cases {
            let reply = await server.client.send(method, path, headers: headers, body: body)
            #expect(reply?.status == status, "\(method) \(path)")
            #expect(reply?.text == text)
        }
    }

    @Test func takesJSONWithACharsetAndSaysWhatItDoesNotOffer() async throws {
        let server = try EmulatorHarness()
        let node = await server.call(Self.list, "{}", headers: ["Content-Type": "application/json;charset=UTF-8"])
        #expect(node?.status == 200)
        #expect(node?.type == "application/json")
        let binary = await server.call(Self.list, "", headers: ["Content-Type": "application/protobuf"])
        #expect(binary?.status == 200)
        #expect(binary?.type == "application/protobuf")
        let trunks = await server.call("SIP/ListSIPInboundTrunk", "{}")
        #expect(trunks?.status == 501)
    }

    @Test(arguments: [
        ("", false), ("null", false), ("[]", false), ("{}x", true), ("{\"limit\":\"5\"}", true),
        ("{\"limit\":5.0}", true), ("{\"limit\":5.5}", false), ("{\"limit\":99999999999}", false),
        ("{\"limit\":null}", true), ("{\"limit\":true}", false), ("{\"stranger\":[{}]}", true),
        ("{\"limit\":1,\"limit\":1}", false), ("{\"pageToken\":{},\"page_token\":{}}", false),
        ("{\"page_token\":\"x\"}", false), ("{\"statuses\":[null]}", false), ("{\"statuses\":null}", true),
        ("{\"statuses\":[4,\"2\",\"nonsense\",77]}", true), ("{\"sip_dispatch_rule_id\":7}", false),
        ("{\"statuses\":\"PHONE_NUMBER_STATUS_ACTIVE\"}", false),
    ])
    func decodesAsGoDoes(_ body: String, _ isAccepted: Bool) async throws {
        let server = try EmulatorHarness()
        let answer = await server.call(Self.list, body)
        #expect(answer?.status == (isAccepted ? 200 : 400))
        if !isAccepted { #expect(answer?.json["code"] == "malformed") }
    }
}
