import SwitchboardCore
import SwitchboardSandbox
import SwitchboardTestKit
import Synchronization

@testable import LiveKitSandbox

/// LiveKit's emulator on a port of its own, with a clock that tests move.
final class EmulatorHarness: Sendable {
    let emulator: LiveKitEmulator
    let listener: SandboxListener
    let client: LoopbackClient
    private let box: Clock

    init(seed: JSON? = nil, store: DocumentStore = .inMemory) throws {
        let box = Clock()
        let context = try EmulatorContext(emulator: LiveKitEmulator.name, store: store, now: { box.now })
        emulator = try LiveKitEmulator(context: context)
        if let seed { _ = try emulator.seed(seed) }
        listener = try SandboxListener(emulator: emulator, context: context)
        client = LoopbackClient(port: listener.port)
        self.box = box
    }

    private final class Clock: Sendable {
        private let time = Mutex(SandboxTime(microseconds: 1_790_278_772_739_773))
        var now: SandboxTime { time.withLock { $0 } }
        func advance(_ seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
    }

    func advance(seconds: Int64) { box.advance(seconds) }

    var now: Int64 { box.now.seconds }

    /// What a call answered.
    struct Answer {
        var status: Int
        var json: JSON
        var type: String
        var text: String
        var bytes: [UInt8]
    }

    /// Calls a method as `Service/Method`; nil when the connection closes without an answer.
    func call(_ method: String, _ body: String, headers: [String: String] = [:]) async -> Answer? {
        var all = ["Authorization": "Bearer \(token())", "Content-Type": "application/json"]
        all.merge(headers) { _, new in new }
        return await send(method, Array(body.utf8), headers: all)
    }

    /// Calls a method with a message in protobuf.
    func call(_ method: String, protobuf body: [UInt8], headers: [String: String] = [:]) async -> Answer? {
        var all = ["Authorization": "Bearer \(token())", "Content-Type": "application/protobuf"]
        all.merge(headers) { _, new in new }
        return await send(method, body, headers: all)
    }

    private func send(_ method: String, _ body: [UInt8], headers: [String: String]) async -> Answer? {
        let reply = await client.send("POST", "/twirp/livekit.\(method)", headers: headers, bytes: body)
        return reply.map { reply in
            let json = (try? JSON(reading: reply.body)) ?? .null
            return Answer(
                status: reply.status, json: json, type: reply.headers["content-type"] ?? "", text: reply.text,
                bytes: reply.body)
        }
    }

    /// A token to make SIP calls, and to administer a room.
    func callToken(room: String? = nil) -> String {
        var claims: JSON = ["iss": "devkey", "exp": .integer(now + 600), "sip": ["call": true], "video": [:]]
        if let room { claims = claims.with("video", ["roomAdmin": true, "room": .string(room)]) }
        return token(claims)
    }

    func fault(_ json: String) async { _ = await client.send("POST", "/_sandbox/faults", body: json) }

    /// A token with the claims, by default a good one for SIP administration.
    func token(
        _ claims: JSON? = nil, header: JSON = ["alg": "HS256"], secret: String = "secret"
    ) -> String {
        let claims = claims ?? ["iss": "devkey", "exp": .integer(now + 600), "sip": ["admin": true]]
        let text = Self.encode(header) + "." + Self.encode(claims)
        return text + "." + Self.unpadded(AccessToken.signature(of: text, secret: secret))
    }

    private static func encode(_ json: JSON) -> String { unpadded(json.bytes()) }

    private static func unpadded(_ bytes: [UInt8]) -> String { Base64URL.encode(bytes).filter { $0 != "=" } }
}

extension JSON {
    /// Whether every member of the other is found here, members of members included.
    func contains(_ other: JSON) -> Bool {
        switch (self, other) {
        case (.object, .object(let members)):
            members.allSatisfy { member in self[member.name].map { $0.contains(member.value) } ?? false }
        case (.array(let mine), .array(let others)):
            mine.count == others.count && zip(mine, others).allSatisfy { $0.contains($1) }
        default: self == other
        }
    }

    /// The object with one member changed.
    func with(_ name: String, _ value: JSON) -> JSON {
        .object((members ?? []).map { $0.name == name ? .init(name, value) : $0 })
    }
}

/// Things that tests put there beforehand; numbers and ids are fictional.
enum EmulatorSeeds {
    static let number: JSON = ["e164": "+14155550142", "id": "PN_PPN_7hJk2mNpQrSt"]

    /// An inbound trunk for +15105550100.
    static let trunk: JSON = [
        "sip_trunk_id": "ST_4fGh7JkLmNpQ", "name": "twilio-main", "numbers": ["+15105550100"],
        "auth_username": "swb", "auth_password": "s3cret",
    ]

    static func rule(_ id: String, _ name: String, trunks: [String], room: String = "call-") -> JSON {
        [
            "sip_dispatch_rule_id": .string(id), "name": .string(name), "trunk_ids": .strings(trunks),
            "rule": ["dispatch_rule_individual": ["room_prefix": .string(room)]],
        ]
    }

    /// The project with one number and one rule that names `trunk`.
    static func frontDesk(trunk: String = "ST_4fGh7JkLmNpQ") -> JSON {
        ["numbers": [number], "dispatch_rules": [rule("SDR_9aBcDeFgHjKm", "front-desk", trunks: [trunk])]]
    }
}
