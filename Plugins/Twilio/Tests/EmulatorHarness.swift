import SwitchboardCore
import FoundationEssentials
import SwitchboardSandbox
import SwitchboardTestKit
import Synchronization

@testable import TwilioSandbox

/// Twilio's emulator on a port of its own, with a clock that tests move.
final class EmulatorHarness: Sendable {
    /// The account of most tests.
    static let sid = "AC9f3c1d2e4b5a68790c1d2e3f4a5b6c7d"
    static let token = "f0e1d2c3b4a5968778695a4b3c2d1e0f"
    /// 2026-11-18T09:15:02Z.
    static let morning = SandboxTime(microseconds: 1_794_993_302_000_000)

    let emulator: TwilioEmulator
    let listener: SandboxListener
    let client: LoopbackClient
    private let box: Clock

    /// `seed` is what the account of most tests has; `others` are whole accounts.
    init(
        _ seed: JSON = [:], others: [JSON] = [], store: DocumentStore = .inMemory,
        inventory: EmulatorContext.Inventory = .standard
    ) throws {
        let box = Clock()
        let context = try EmulatorContext(
            emulator: TwilioEmulator.name, store: store, inventory: inventory, now: { box.now })
        emulator = try TwilioEmulator(context: context)
        if emulator.accounts.count == TwilioAccount.first.count {
            _ = try emulator.seed(["accounts": .array([Self.account(seed)] + others)])
        }
        listener = try SandboxListener(emulator: emulator, context: context)
        client = LoopbackClient(port: listener.port)
        self.box = box
    }

    private final class Clock: Sendable {
        private let time = Mutex(EmulatorHarness.morning)
        var now: SandboxTime { time.withLock { $0 } }
        func set(_ time: SandboxTime) { self.time.withLock { $0 = time } }
    }

    /// The account of most tests with the members of a seed.
    static func account(_ seed: JSON) -> JSON {
        .object([.init("sid", .string(sid)), .init("auth_token", .string(token))] + (seed.members ?? []))
    }

    /// Sets the clock to so many seconds after the beginning.
    func setClock(_ seconds: Int64) { box.set(Self.morning.adding(seconds: seconds)) }

    /// What a call answered.
    struct Answer {
        var status: Int
        var text: String
        var json: JSON
        var headers: [String: String]

        var code: Int? { json["code"]?.integer }
    }

    /// Calls a path, of the account where it begins with a tilde; nil when the connection closes without an answer.
    func call(
        _ method: String, _ path: String, _ body: String = "", user: String = sid, password: String = token
    ) async -> Answer? {
        let whole = path.hasPrefix("~") ? "/2010-04-01/Accounts/\(Self.sid)" + path.dropFirst() : path
        var headers = ["Authorization": Self.basic(user, password)]
        if method == "POST" { headers["Content-Type"] = "application/x-www-form-urlencoded" }
        let reply = await client.send(method, whole, headers: headers, body: body)
        return reply.map { reply in
            Answer(
                status: reply.status, text: reply.text, json: (try? JSON(reading: reply.body)) ?? .null,
                headers: reply.headers)
        }
    }

    static func basic(_ user: String, _ password: String) -> String {
        "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }

    /// Switches a fault on.
    func fault(_ json: String) async -> LoopbackClient.Reply? {
        await client.send("POST", "/_sandbox/faults", body: json)
    }

    /// What is true of the account of most tests.
    var truth: JSON {
        emulator.state()["accounts"]?.elements?.first { $0["sid"]?.text == Self.sid } ?? .null
    }

    /// The purchases ever made.
    var purchases: [String] {
        (emulator.state()["history"]?.elements ?? []).filter { $0["event"] == "purchase" }.compactMap {
            $0["e164"]?.text
        }
    }
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

    /// The texts of a member of every element of a list.
    func texts(_ list: String, _ member: String) -> [String] {
        (self[list]?.elements ?? []).compactMap { $0[member]?.text }
    }
}

/// Ids and things that tests put there beforehand.
enum EmulatorSeeds {
    static let number = "PN1a2b3c4d5e6f708192a3b4c5d6e7f801"
    static let trunk = "TK7c6b5a49382716054f3e2d1c0b9a8f7e"
    static let list = "CL11223344556677889900aabbccddeeff"
    static let addresses = "AL11223344556677889900aabbccddeeff"
    static let caller = "PN0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    static let conference = "CFa1b2c3d4e5f60718293a4b5c6d7e8f90"
    static let missing = "XX00000000000000000000000000000000"

    /// An account with one thing of each kind.
    static let one: JSON = [
        "numbers": [["sid": .string(number), "phone_number": "+14155550153"]],
        "caller_ids": [["sid": .string(caller), "phone_number": "+12025550142", "friendly_name": "HQ main line"]],
        "credential_lists": [
            [
                "sid": .string(list), "friendly_name": "switchboard-lk",
                "credentials": [["username": "sb-lk", "password": "Zq7+harbour Lamp2"]],
            ]
        ],
        "ip_access_control_lists": [["sid": .string(addresses), "friendly_name": "office"]],
        "trunks": [
            ["sid": .string(trunk), "friendly_name": "main", "domain_name": "sb-main.pstn.twilio.com"]
        ],
        "conferences": [["sid": .string(conference), "friendly_name": "standup"]],
    ]

    /// A stranger with a trunk of a taken domain and a number.
    static let acme: JSON = [
        "sid": "ACacacacacacacacacacacacacacacacac", "auth_token": "acme-token", "name": "acme",
        "numbers": ["+14155550160"], "trunks": [["domain_name": "acme.pstn.twilio.com"]],
    ]
}
