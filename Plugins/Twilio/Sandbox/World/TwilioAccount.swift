import SwitchboardCore
import SwitchboardSandbox

/// An account at Twilio with its credentials.
struct TwilioAccount: Hashable, Sendable {
    enum Status: String, Sendable, CaseIterable {
        case active, suspended, closed
    }

    let sid: String
    var name: String
    var token: String
    /// The account whose credentials are good here too.
    var owner: String?
    var isTrial = false
    var status = Status.active
    /// Whether its credentials are test credentials, with which nothing is kept.
    var isTest = false
    /// How many requests may be answered at once; nil for any number.
    var concurrency: Int?
    /// The secrets of its API keys.
    var keys: [String: String] = [:]
    var created = SandboxTime(microseconds: 1_767_225_600_000_000)

    init(sid: String, name: String, token: String, isTest: Bool = false) {
        self.sid = sid
        self.name = name
        self.token = token
        self.isTest = isTest
    }

    /// Where every sandbox begins: an account to buy from, a customer's, and the test account.
    static let first = [
        TwilioAccount(sid: "ACa0000000000000000000000000000001", name: "master", token: "master-token"),
        TwilioAccount(sid: "ACa0000000000000000000000000000002", name: "customer", token: "customer-token"),
        TwilioAccount(sid: "ACa0000000000000000000000000000003", name: "test", token: "test-token", isTest: true),
    ]

    /// Takes over what a seed says; throws `SeedRefusal` for a value that is none.
    mutating func take(_ json: JSON) throws(SeedRefusal) {
        func text(_ name: String) throws(SeedRefusal) -> String? {
            guard let value = json[name], value != .null else { return nil }
            guard let text = value.text, !text.isEmpty else { throw SeedRefusal("'\(name)' is a text") }
            return text
        }
        name = try text("name") ?? name
        token = try text("auth_token") ?? token
        owner = try text("owner_account_sid") ?? owner
        if let type = try text("type") {
            guard ["Trial", "Full"].contains(type) else { throw SeedRefusal("'type' is Trial or Full") }
            isTrial = type == "Trial"
        }
        if let word = try text("status") {
            guard let status = Status(rawValue: word) else {
                throw SeedRefusal("'status' is active, suspended or closed")
            }
            self.status = status
        }
        if let count = json["concurrency"], count != .null {
            guard let count = count.integer, count > 0 else { throw SeedRefusal("'concurrency' is a number from 1 on") }
            concurrency = count
        }
        for key in json["api_keys"]?.members ?? [] {
            guard TwilioSid.isOne(key.name, "SK"), let secret = key.value.text else {
                throw SeedRefusal("'api_keys' is an object of secrets by sids that begin with SK")
            }
            keys[key.name] = secret
        }
    }

    /// The members that `take` reads.
    static let members = [
        "sid", "name", "auth_token", "owner_account_sid", "type", "status", "concurrency", "api_keys",
    ]

    var json: JSON {
        [
            "sid": .string(sid), "name": .string(name), "auth_token": .string(token),
            "owner_account_sid": .optional(owner), "type": .string(isTrial ? "Trial" : "Full"),
            "status": .string(status.rawValue), "concurrency": concurrency.map { .integer($0) } ?? .null,
            "api_keys": .object(keys.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }),
        ]
    }
}
