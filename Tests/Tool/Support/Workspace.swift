import FoundationEssentials
import SwitchboardTestKit

/// A number as `list --json` shows it.
struct ListedNumber: Decodable, Equatable, Sendable {
    var e164: String
    var source: String
    var status: String
    var label: String?
    var agent_id: String?
    var sip_dispatch_rule_ids: [String]
    var provider_phone_number_id: String?
}

extension Place {
    /// The ledger, as the program lists it.
    func list() async throws -> [ListedNumber] {
        let result = try await run("--json", "-c", "list")
        guard result.status == 0 else { throw Failure("list ended with \(result.status): \(result.errorText)") }
        return try JSONDecoder().decode([ListedNumber].self, from: Data(result.output))
    }

    /// What an ordinary start says of changes that an earlier one left open.
    func remarksOfAStart(status: Int32 = 0) async throws -> String {
        let result = try await run("-c", "list | count | print")
        guard result.status == status else { throw Failure("a start ended with \(result.status): \(result.errorText)") }
        return result.errorText
    }

    /// What differs between the ledger and the emulator; empty when the ledger tells the truth.
    func differences() async throws -> [String] {
        let all = try await list()
        let held = all.filter { !["byoc", "twilio", "verified_caller_id"].contains($0.source) }
        let truth = try await sandbox().truth()
        let owned = truth.owned
        var differences: [String] = []
        if held.map(\.e164) != owned.map(\.e164) {
            differences.append("the ledger has \(held.map(\.e164)), the account \(owned.map(\.e164))")
        }
        for (held, owned) in zip(held, owned) {
            if held.provider_phone_number_id != owned.id { differences.append("\(held.e164) has the wrong id") }
            if held.sip_dispatch_rule_ids != owned.sip_dispatch_rule_ids {
                differences.append("\(held.e164): rules \(held.sip_dispatch_rule_ids), \(owned.sip_dispatch_rule_ids)")
            }
        }
        for owned in truth.numbers where owned.purchases > 1 {
            differences.append("\(owned.e164) was bought \(owned.purchases) times")
        }
        let halves = ["inboundTrunkID", "outboundTrunkID"].map { "(json_extract(record, '$.\($0)') IS NOT NULL)" }
        let rows = try await rows("SELECT coalesce(sum(\(halves.joined(separator: " + "))), 0) FROM trunks")
        if rows != truth.trunks.count { differences.append("the ledger has \(rows) trunks, not \(truth.trunks.count)") }
        let listed = truth.trunks.flatMap(\.numbers)
        for held in all where held.source == "byoc" && !listed.contains(held.e164) {
            differences.append("\(held.e164) is on no trunk's list")
        }
        for rule in truth.dispatch_rules where rule.trunk_ids?.isEmpty ?? true {
            differences.append("rule \(rule.sip_dispatch_rule_id) takes all calls")
        }
        return differences
    }

    /// The files of the place that hold a text, binary ones too, a line each.
    func filesHolding(_ text: String) async throws -> String {
        try await run(program: ["/bin/grep", "-rlF", "--", text, folder]).outputText
    }

    /// Whether the journal holds a change whose outcome nobody has written down.
    func openIntents() async throws -> Int {
        try await rows("SELECT count(*) FROM intents WHERE state = 'open'")
    }

    /// The first whole number that a query on the store's database gives.
    func rows(_ query: String) async throws -> Int {
        let script = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])"
        let result = try await run(program: ["/usr/bin/python3", "-c", script, state + "/switchboard.db", query])
        guard let count = Int(result.outputText.dropLast()) else { throw Failure(result.errorText) }
        return count
    }
}
