import SwitchboardCore

/// A dispatch rule as LiveKit holds it, with every field that came, so that a replacement loses none.
struct DispatchRule: Sendable {
    var json: JSONValue

    /// Reads a rule; nil where it has no id.
    init?(_ json: JSONValue) {
        guard let id = json["sip_dispatch_rule_id"]?.text, !id.isEmpty else { return nil }
        self.json = json
        self.id = id
    }

    let id: String
    var name: String { json["name"]?.text ?? "" }
    /// Trunk ids and number ids; a rule with none catches the calls of every number.
    var trunkIDs: [String] { json["trunk_ids"]?.texts ?? [] }
    /// The called numbers that it is for; empty for all.
    var calledNumbers: [String] { json["numbers"]?.texts ?? [] }
    /// The callers that it is for; empty for all.
    var callers: [String] { json["inbound_numbers"]?.texts ?? [] }

    /// The agents that it dispatches.
    var agents: [AgentTarget] {
        (json["room_config"]?["agents"]?.elements ?? []).map {
            AgentTarget(dispatchName: $0["agent_name"]?.text ?? "", metadata: $0["metadata"]?.text ?? "")
        }
    }

    /// Whether calls to this number get past its filter of called numbers, which LiveKit compares letter by letter.
    func admits(_ number: E164) -> Bool { calledNumbers.isEmpty || calledNumbers.contains(number.text) }

    /// Whether a caller needs a PIN, or not every caller or called number gets in.
    var isRestricted: Bool {
        let kinds = [individual, kind("direct"), kind("callee")]
        let hasPin = kinds.contains { !($0?["pin"]?.text ?? "").isEmpty }
        return hasPin || !callers.isEmpty || !calledNumbers.isEmpty
    }

    private var individual: JSONValue? { kind("individual") }
    private func kind(_ name: String) -> JSONValue? { json["rule"]?["dispatch_rule_\(name)"] }
}

// MARK: - Rules that the engine makes

extension DispatchRule {
    /// What the names of the engine's own rules begin with.
    static let ownPrefix = "switchboard agent "

    /// Whether the engine made it and nobody has narrowed it since.
    var isOwn: Bool { name.hasPrefix(Self.ownPrefix) && individual != nil && !isRestricted && !trunkIDs.isEmpty }

    /// An id of no trunk, which keeps this rule from catching every call between its last number's leaving and its
    /// own deletion.
    var parkingID: String {
        let suffix = id.split(separator: "_").last ?? ""
        return "ST_PARKED_" + suffix.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(12)
    }

    /// Whether the parking id is among its trunk ids.
    var isParked: Bool { trunkIDs.contains(parkingID) }

    /// Whether no number and no trunk is left to it but the parking id.
    var isAbandoned: Bool { isOwn && trunkIDs.allSatisfy { $0 == parkingID } }

    /// Whether nothing but this number uses it.
    func isUsedOnly(by id: String) -> Bool { trunkIDs.allSatisfy { $0 == id || $0 == parkingID } }

    /// Whether taking the id away would leave it without any trunk id.
    func wouldBeEmptied(without id: String) -> Bool { trunkIDs.allSatisfy { $0 == id } }

    /// The body of a new rule for an agent, with its first number.
    static func new(for target: AgentTarget, firstID: String) -> JSONValue {
        [
            "name": .string(ownPrefix + target.dispatchName),
            "rule": ["dispatch_rule_individual": ["room_prefix": "call-"]],
            "trunk_ids": [.string(firstID)],
            "room_config": ["agents": [agent(target)]],
        ]
    }

    /// The whole rule with another agent, every other field as it is but a parking id that is
    /// no longer needed.
    func replacement(for target: AgentTarget) -> JSONValue {
        var rule = json
        rule["name"] = .string(Self.ownPrefix + target.dispatchName)
        let used = trunkIDs.filter { $0 != parkingID }
        if !used.isEmpty { rule["trunk_ids"] = .texts(used) }
        var config = json["room_config"] ?? [:]
        config["agents"] = [Self.agent(target)]
        rule["room_config"] = config
        return rule
    }

    private static func agent(_ target: AgentTarget) -> JSONValue {
        var agent: JSONValue = ["agent_name": .string(target.dispatchName)]
        if !target.metadata.isEmpty { agent["metadata"] = .string(target.metadata) }
        return agent
    }
}
