import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitSandbox

/// The order in which a request is looked at: of two things that are wrong with it, the earlier one is told
/// (contract section 1.6).
@Suite struct EmulatorOrderTests {
    private static let numbers = "/twirp/livekit.PhoneNumberService/"
    private static let json = "application/json"

    /// Everything about a request but its headers' names.
    struct Request {
        var method = "POST"
        var path = "ListPhoneNumbers"
        var token: String? = "admin"
        var type: String? = EmulatorOrderTests.json
        var body = "{}"
        var padding = 0
    }

    private static func error(_ code: String, _ message: String, _ route: String? = nil) -> String {
        let meta: JSON.Member? = route.map { .init("meta", ["twirp_invalid_route": .string($0)]) }
        let members = [JSON.Member("code", .string(code)), .init("msg", .string(message))] + (meta.map { [$0] } ?? [])
        return JSON.object(members).compact
    }

    private static let malformed = error("malformed", "the json request could not be decoded")
    private static let denied = error("unauthenticated", "permissions denied")

    /// What is wrong with each request stands beside it, the first of the two is answered.
    @Test(
        arguments: [
            ("size before token", Request(token: "x", padding: 10 << 20), 413, "request body too large"),
            ("token before service", Request(path: "/nowhere", token: "x"), 401, "invalid authorization token"),
            ("token before health", Request(method: "GET", path: "/", token: "x"), 401, "invalid authorization token"),
            (
                "service before POST", Request(method: "GET", path: "/twirp/livekit.RoomService/ListRooms"), 404,
                "404 page not found"
            ),
            (
                "POST before method", Request(method: "GET", path: "BuyPhoneNumber"), 404,
                error("bad_route", "unsupported method \"GET\" (only POST is allowed)", "GET \(numbers)BuyPhoneNumber")
            ),
            (
                "POST before type", Request(method: "DELETE", type: "text/plain"), 404,
                error(
                    "bad_route", "unsupported method \"DELETE\" (only POST is allowed)",
                    "DELETE \(numbers)ListPhoneNumbers")
            ),
            (
                "method before type", Request(path: "listPhoneNumbers", type: "text/plain"), 404,
                error(
                    "bad_route", "no handler for path \"\(numbers)listPhoneNumbers\"", "POST \(numbers)listPhoneNumbers"
                )
            ),
            (
                "type before body", Request(type: "text/plain", body: "x"), 404,
                error("bad_route", "unexpected Content-Type: \"text/plain\"", "POST \(numbers)ListPhoneNumbers")
            ),
            (
                "type before grant", Request(token: nil, type: nil), 404,
                error("bad_route", "unexpected Content-Type: \"\"", "POST \(numbers)ListPhoneNumbers")
            ),
            ("body before grant", Request(token: "call", body: "x"), 400, malformed),
            ("body before grant", Request(token: nil, body: "[]"), 400, malformed),
            (
                "body before grant", Request(token: "call", type: "application/protobuf", body: "x"), 400,
                error("malformed", "the protobuf request could not be decoded")
            ),
            ("grant before validation", Request(path: "SearchPhoneNumbers", token: "call"), 401, denied),
            (
                "grant before lookup", Request(path: "GetPhoneNumber", token: nil, body: #"{"id":"PN_PPN_x"}"#), 401,
                denied
            ),
            (
                "validation before lookup", Request(path: "GetPhoneNumber", body: #"{"id":"x","phone_number":"x"}"#),
                400,
                error("invalid_argument", "exactly one of id and phone_number must be set")
            ),
            (
                "lookup before conflict",
                Request(
                    path: "PurchasePhoneNumber",
                    body: #"{"phone_numbers":["+14155550142"],"sip_dispatch_rule_id":"SDR_x"}"#), 404,
                error("not_found", "requested sip dispatch rule does not exist")
            ),
            (
                "conflict", Request(path: "PurchasePhoneNumber", body: #"{"phone_numbers":["+14155550142"]}"#), 409,
                error("already_exists", "phone number +14155550142 is already owned")
            ),
        ] as [(String, Request, Int, String)])
    func tellsTheFirst(_ what: String, _ request: Request, _ status: Int, _ text: String) async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk())
        let reply = await server.client.send(
            request.method, request.path.hasPrefix("/") ? request.path : Self.numbers + request.path,
            headers: headers(of: request, server),
            body: request.body + String(repeating: " ", count: request.padding))
        #expect(reply?.status == status, "\(what)")
        #expect(reply?.text == text, "\(what)")
        let isPlain = !text.hasPrefix("{")
        #expect(reply?.headers["content-type"] == (isPlain ? "text/plain; charset=utf-8" : Self.json), "\(what)")
    }

    private func headers(of request: Request, _ server: EmulatorHarness) -> [String: String] {
        var headers: [String: String] = [:]
        headers["Content-Type"] = request.type
        switch request.token {
        case nil: break
        case "x"?: headers["Authorization"] = "Bearer x"
        case let grant?:
            headers["Authorization"] =
                "Bearer " + server.token(["iss": "devkey", "exp": .integer(server.now + 600), "sip": [grant: true]])
        }
        return headers
    }

    @Test(arguments: [
        ("GET", "/", 200, "OK"), ("GET", "//", 200, "OK"), ("GET", "/index.html", 404, "404 page not found"),
        ("POST", "/twirp/livekit.SIP", 404, "404 page not found"), ("POST", "/twirp", 404, "404 page not found"),
        ("POST", "/twirp/livekit.sip/ListSIPDispatchRule", 404, "404 page not found"),
        ("POST", "/prefix/twirp/livekit.SIP/ListSIPDispatchRule", 404, "404 page not found"),
        ("POST", "//twirp/livekit.SIP/ListSIPDispatchRule", 200, #"{"items":[]}"#),
        (
            "POST", "/twirp/livekit.SIP/", 404,
            error("bad_route", "no handler for path \"/twirp/livekit.SIP/\"", "POST /twirp/livekit.SIP/")
        ),
        (
            "POST", "/twirp/livekit.SIP/ListSIPDispatchRule/x", 404,
            error(
                "bad_route", "no handler for path \"/twirp/livekit.SIP/ListSIPDispatchRule/x\"",
                "POST /twirp/livekit.SIP/ListSIPDispatchRule/x")
        ),
    ])
    func knowsItsPaths(_ method: String, _ path: String, _ status: Int, _ text: String) async throws {
        let server = try EmulatorHarness()
        let reply = await server.client.send(
            method, path, headers: headers(of: Request(), server), body: method == "GET" ? "" : "{}")
        #expect(reply?.status == status)
        #expect(reply?.text == text)
    }
}
