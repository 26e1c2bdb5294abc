import FoundationEssentials
import Switchboard

/// The admin paths of an emulator.
struct SandboxAdmin: Sendable {
    let url: String
    /// Keeps the sandbox from leaving while a test looks at it.
    let keptAlive: SandboxProcess

    private static let transport = CurlTransport()

    /// What LiveKit's emulator holds to be true.
    struct Truth: Decodable, Sendable {
        struct Number: Decodable, Sendable {
            var e164: String
            var id: String
            var status: String
            var purchases: Int
            var sip_dispatch_rule_ids: [String]
        }
        struct Event: Decodable, Sendable {
            var event: String
            var e164: String
        }
        struct Rule: Decodable, Sendable {
            var sip_dispatch_rule_id: String
            var name: String?
            var trunk_ids: [String]?
            var rule: [String: Room]?

            struct Room: Decodable, Sendable {
                var pin: String
            }

            /// The PIN, whatever kind of rule it is.
            var pin: String? { rule?.values.first?.pin }
        }
        struct Trunk: Decodable, Sendable {
            var sip_trunk_id: String
            var name: String
            var numbers: [String]
            var auth_password: String
        }
        var numbers: [Number]
        var history: [Event]
        var dispatch_rules: [Rule]
        var inbound_trunks: [Trunk]
        var outbound_trunks: [Trunk]

        /// The trunks of both directions.
        var trunks: [Trunk] { inbound_trunks + outbound_trunks }
        /// The numbers that the account holds, in ascending order.
        var owned: [Number] { numbers.filter { $0.status != released }.sorted { $0.e164 < $1.e164 } }
        /// All purchases ever made, in ascending order.
        var purchases: [String] { history.filter { $0.event == "purchase" }.map(\.e164).sorted() }
        private var released: String { "PHONE_NUMBER_STATUS_RELEASED" }
    }

    func truth() async throws -> Truth {
        try JSONDecoder().decode(Truth.self, from: Data(await call("GET", "state")))
    }

    func twilioTruth() async throws -> TwilioTruth {
        try JSONDecoder().decode(TwilioTruth.self, from: Data(await call("GET", "state")))
    }

    /// The requests that came, in order, as `GET` and so on.
    func verbs() async throws -> [String] {
        struct Line: Decodable { var method: String }
        return try JSONDecoder().decode([Line].self, from: Data(await call("GET", "log"))).map(\.method)
    }

    /// Switches a fault on, written as JSON.
    func fault(_ json: String) async throws { _ = try await call("POST", "faults", json) }

    /// Switches all faults off.
    func mend() async throws { _ = try await call("DELETE", "faults") }

    /// Adds numbers or rules, written as JSON.
    func seed(_ json: String) async throws { _ = try await call("POST", "seed", json) }

    /// Waits until every fault that is to strike a certain number of times has begun to.
    func faultsStruck() async throws {
        try await wait(for: "a fault to strike") { try await call("GET", "faults") == Array("[]".utf8) ? () : nil }
    }

    /// How many requests of a method came and were answered.
    func requests(of method: String) async throws -> Int {
        try await requestLog().split(separator: "/\(method)\"").count - 1
    }

    /// The requests that came and were answered, as the emulator has written them down.
    func requestLog() async throws -> String { String(decoding: try await call("GET", "log"), as: UTF8.self) }

    private func call(_ method: String, _ path: String, _ body: String = "") async throws -> [UInt8] {
        let answer = try await Self.transport.send(
            HTTPRequest(method, "\(url)/_sandbox/\(path)", body: Array(body.utf8)))
        guard answer.status == 200 else {
            throw Failure("the sandbox answered \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return answer.body
    }
}
