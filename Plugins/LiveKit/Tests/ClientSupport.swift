import FoundationEssentials
import SwitchboardCore
import SwitchboardTestKit
import Synchronization
import Testing

@testable import LiveKitProvider

let testSecret = "s3cr3t-of-the-project-0123456789"
let testStart = Date(timeIntervalSince1970: 1_790_000_000)
let searchPath = "/twirp/livekit.PhoneNumberService/SearchPhoneNumbers"
let purchasePath = "/twirp/livekit.PhoneNumberService/PurchasePhoneNumber"
let listPath = "/twirp/livekit.PhoneNumberService/ListPhoneNumbers"
let getPath = "/twirp/livekit.PhoneNumberService/GetPhoneNumber"
let updatePath = "/twirp/livekit.PhoneNumberService/UpdatePhoneNumber"
let releasePath = "/twirp/livekit.PhoneNumberService/ReleasePhoneNumbers"
let rulesPath = "/twirp/livekit.SIP/ListSIPDispatchRule"
let numberID = "PN_PPN_7hJk2mNpQrSt"

/// What the log was told.
final class LogLines: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock(\.self) }
    func add(_ line: String) { kept.withLock { $0.append(line) } }
}

func context(
    _ transport: any HTTPTransport, url: String = "wss://acme.example", secret: String? = testSecret,
    log: LogLines = LogLines(), now: @escaping @Sendable () -> Date = { testStart }
) -> ProviderContext {
    ProviderContext(
        profile: "work",
        settings: ProviderSettings(
            plain: ["url": url, "api_key": "APIkey01"],
            secrets: secret.map { ["api_secret": Secret($0)] } ?? [:]),
        transport: transport, time: TimeSource(now: now, sleep: { _ in }), log: { log.add($0) })
}

func answer(_ path: String, _ json: String, times: ClosedRange<Int> = 1...1) -> ScriptedExchange {
    ScriptedExchange("POST", path, .success(.json(200, json)), times: times)
}

func refusal(_ path: String, _ status: Int, _ code: String, _ message: String = "no") -> ScriptedExchange {
    ScriptedExchange(
        "POST", path, .success(.json(status, #"{"code":"\#(code)","msg":"\#(message)"}"#)), times: 1...4)
}

func e164(_ text: String) throws -> E164 { try #require(E164(text)) }

/// A document with the members of every object in the order of their names, so that equality is that of meaning.
func json(_ text: String) throws -> JSON { try json(Array(text.utf8)) }

func json(_ bytes: [UInt8]) throws -> JSON { sorted(try JSON(reading: bytes)) }

private func sorted(_ json: JSON) -> JSON {
    switch json {
    case .array(let elements): .array(elements.map(sorted))
    case .object(let members):
        .object(members.map { .init($0.name, sorted($0.value)) }.sorted { $0.name < $1.name })
    default: json
    }
}

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

    /// The last part of the path: LiveKit's name of the call.
    var operation: String { String(url.split(separator: "/").last ?? "") }
}

/// A number as the contract's examples describe it; `overrides` are whole members.
func wireNumber(
    _ number: String, id: String = numberID, status: String = "PHONE_NUMBER_STATUS_OFFLINE", rules: [String] = []
) -> String {
    let ruleIDs = rules.map { "\"\($0)\"" }.joined(separator: ",")
    return """
        {"id":"\(id)","e164_format":"\(number)","country_code":"US","area_code":"415",\
        "number_type":"PHONE_NUMBER_TYPE_LOCAL","locality":"SAN FRANCISCO","region":"CA","spam_score":0,\
        "created_at":null,"updated_at":null,"capabilities":["voice"],"status":"\(status)",\
        "assigned_at":"2026-09-24T19:39:32.739773Z","released_at":null,"sip_dispatch_rule_id":"\(rules.first ?? "")",\
        "sip_dispatch_rule_ids":[\(ruleIDs)]}
        """
}

/// The path of a call of LiveKit's SIP service.
func sipPath(_ method: String) -> String { "/twirp/livekit.SIP/" + method }
func inboundPath(_ verb: String) -> String { sipPath(verb + "SIPInboundTrunk") }
func outboundPath(_ verb: String) -> String { sipPath(verb + "SIPOutboundTrunk") }
func rulePath(_ verb: String) -> String { sipPath(verb + "SIPDispatchRule") }
