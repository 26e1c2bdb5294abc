import FoundationEssentials
import SwitchboardCore
import SwitchboardTestKit
import Synchronization
import Testing

@testable import TwilioProvider

let accountSID = "AC9f3c1d2e4b5a68790c1d2e3f4a5b6c7d"
let authToken = "f0e1d2c3b4a5968778695a4b3c2d1e0f"
/// `accountSID:authToken` in base 64.
let basicWord = "QUM5ZjNjMWQyZTRiNWE2ODc5MGMxZDJlM2Y0YTViNmM3ZDpmMGUxZDJjM2I0YTU5Njg3Nzg2OTVhNGIzYzJkMWUwZg=="
let sandboxURL = "http://127.0.0.1:8181"
/// The path of the account, and the base of its resources.
let accountPath = "/2010-04-01/Accounts/" + accountSID
let accountURL = sandboxURL + accountPath
let numberSID = "PN1a2b3c4d5e6f708192a3b4c5d6e7f801"
let trunkSID = "TK7c6b5a49382716054f3e2d1c0b9a8f7e"
let listSID = "CL11223344556677889900aabbccddeeff"
let urlSID = "OU2d4c6b8a0f1e3d5c7b9a8f6e4d2c1b0a"
let conferenceSID = "CFa1b2c3d4e5f60718293a4b5c6d7e8f90"
let callSID = "CA0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d"
let sipHost = "acme01.sip.livekit.cloud"
let sipURI = "sip:acme01.sip.livekit.cloud;transport=tcp"
/// The first domain name of the account's trunk to that host.
let trunkDomain = "sb-3e01d7da6589.pstn.twilio.com"

/// What the log was told.
final class LogLines: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock(\.self) }
    func add(_ line: String) { kept.withLock { $0.append(line) } }
}

func context(
    _ transport: any HTTPTransport, plain: [String: String] = ["url": sandboxURL], token: String? = authToken,
    log: LogLines = LogLines(), clock: ManualClock = ManualClock(skipsWaits: true)
) -> ProviderContext {
    ProviderContext(
        profile: "work",
        settings: ProviderSettings(
            plain: ["account_sid": accountSID].merging(plain) { _, given in given },
            secrets: token.map { ["auth_token": Secret($0)] } ?? [:]),
        transport: transport, time: clock.time, log: { log.add($0) })
}

func provider(_ transport: any HTTPTransport, log: LogLines = LogLines()) throws -> TwilioProvider {
    try TwilioProvider(context: context(transport, log: log))
}

func e164(_ text: String) throws -> E164 { try #require(E164(text)) }

/// The error that a call has to throw.
func failure(_ body: () async throws -> Void) async throws -> SwitchboardError {
    do {
        try await body()
    } catch let error as SwitchboardError {
        return error
    }
    throw TestFault("nothing was thrown")
}

struct TestFault: Error {
    var message: String
    init(_ message: String) { self.message = message }
}

extension HTTPRequest {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    var text: String { String(decoding: body, as: UTF8.self) }
    /// The request as the contract writes it: `POST /path BODY a=1`.
    var line: String { "\(method) \(url)" + (body.isEmpty ? "" : " BODY \(text)") }
}

/// An exchange whose URL ends so; `json` is the answer's body.
func get(_ suffix: String, _ json: String) -> ScriptedExchange {
    ScriptedExchange("GET", suffix, .success(.json(200, json)))
}
func post(_ suffix: String, _ json: String, status: Int = 201) -> ScriptedExchange {
    ScriptedExchange("POST", suffix, .success(.json(status, json)))
}
func delete(_ suffix: String, status: Int = 204, _ json: String = "") -> ScriptedExchange {
    ScriptedExchange("DELETE", suffix, .success(.json(status, json)))
}

/// A refusal as Twilio writes one.
func refusal(_ code: Int, _ status: Int, _ message: String = "no") -> String {
    """
    {"code":\(code),"message":"\(message)","more_info":"https://www.twilio.com/docs/errors/\(code)","status":\(status)}
    """
}

/// A number that the account holds, as the core API writes it, reduced to the telling fields.
func incoming(
    _ number: String, sid: String = numberSID, trunk: String? = nil, voiceURL: String? = nil, application: String = "",
    updated: String = "Wed, 18 Nov 2026 09:15:02 +0000", voice: Bool = true
) -> String {
    func text(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "null" }
    return """
        {"sid":"\(sid)","account_sid":"\(accountSID)","friendly_name":"Front desk","phone_number":"\(number)",\
        "date_created":"Wed, 18 Nov 2026 09:15:02 +0000","date_updated":"\(updated)",\
        "capabilities":{"voice":\(voice),"sms":true,"mms":true,"fax":false},"type":"local","status":"in-use",\
        "trunk_sid":\(text(trunk)),"voice_application_sid":"\(application)","voice_url":\(text(voiceURL))}
        """
}

/// One page of the core API.
func page(_ key: String, _ rows: [String], next: String? = nil) -> String {
    """
    {"\(key)":[\(rows.joined(separator: ","))],"page":0,"page_size":50,"start":0,"end":0,"uri":"/x",\
    "next_page_uri":\(next.map { "\"\($0)\"" } ?? "null"),"previous_page_uri":null}
    """
}

/// One page of the trunking API.
func meta(_ key: String, _ rows: [String], next: String? = nil) -> String {
    """
    {"meta":{"page":0,"page_size":50,"key":"\(key)","url":"x","first_page_url":"x",\
    "next_page_url":\(next.map { "\"\($0)\"" } ?? "null"),"previous_page_url":null},\
    "\(key)":[\(rows.joined(separator: ","))]}
    """
}

func trunk(_ domain: String, sid: String = trunkSID, account: String = accountSID) -> String {
    """
    {"sid":"\(sid)","account_sid":"\(account)","friendly_name":"switchboard","domain_name":"\(domain)","secure":false,\
    "date_created":"2026-11-18T09:16:10Z","date_updated":"2026-11-18T09:16:10Z"}
    """
}

func originationURL(_ uri: String, sid: String = urlSID, enabled: Bool = true) -> String {
    """
    {"sid":"\(sid)","account_sid":"\(accountSID)","trunk_sid":"\(trunkSID)","friendly_name":"LiveKit",\
    "sip_url":"\(uri)","weight":1,"priority":1,"enabled":\(enabled)}
    """
}

func conference(_ name: String, sid: String = conferenceSID, status: String = "in-progress") -> String {
    #"{"sid":"\#(sid)","account_sid":"\#(accountSID)","friendly_name":"\#(name)","status":"\#(status)"}"#
}

func participant(_ label: String, status: String = "queued") -> String {
    """
    {"account_sid":"\(accountSID)","call_sid":"\(callSID)","conference_sid":"\(conferenceSID)","label":"\(label)",\
    "status":"\(status)","muted":false}
    """
}
