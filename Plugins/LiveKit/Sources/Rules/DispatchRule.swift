import SwitchboardCore

/// A dispatch rule as LiveKit holds it, with every field that came, so that a replacement loses none.
struct DispatchRule: Sendable {
    var json: JSON

    /// Reads a rule; nil where it has no id.
    init?(_ json: JSON) {
        guard let id = json.field("sip_dispatch_rule_id")?.text, !id.isEmpty else { return nil }
        self.json = json
        self.id = id
    }

    let id: String
    var name: String { json.text("name") }
    /// Trunk ids and number ids; a rule with none catches the calls of every number.
    var trunkIDs: [String] { json.texts("trunk_ids") }
    /// The called numbers that it is for; empty for all.
    var calledNumbers: [String] { json.texts("numbers") }
    /// The callers that it is for; empty for all.
    var callers: [String] { json.texts("inbound_numbers") }

    /// The agents that it dispatches.
    var agents: [AgentTarget] {
        (json.field("room_config")?.objects("agents") ?? []).map {
            AgentTarget(dispatchName: $0.text("agent_name"), metadata: $0.text("metadata"))
        }
    }

    /// Whether calls to this number get past its filter of called numbers, which LiveKit compares letter by letter.
    func admits(_ number: E164) -> Bool { calledNumbers.isEmpty || calledNumbers.contains(number.text) }

    /// Whether a caller needs a PIN, or not every caller or called number gets in.
    var isRestricted: Bool {
        let kinds = [individual, kind("direct"), kind("callee")]
        let hasPin = kinds.contains { $0?.text("pin").isEmpty == false }
        return hasPin || !callers.isEmpty || !calledNumbers.isEmpty
    }

    private var individual: JSON? { kind("individual") }
    private func kind(_ name: String) -> JSON? { json.field("rule")?.field("dispatch_rule_\(name)") }
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
    static func new(for target: AgentTarget, firstID: String) -> JSON {
        [
            "name": .string(ownPrefix + target.dispatchName),
            "rule": ["dispatch_rule_individual": ["room_prefix": "call-"]],
            "trunk_ids": [.string(firstID)],
            "room_config": ["agents": [agent(target)]],
        ]
    }

    /// The whole rule with another agent, every other field as it is but a parking id that is
    /// no longer needed.
    func replacement(for target: AgentTarget) -> JSON {
        let used = trunkIDs.filter { $0 != parkingID }
        return json.setting("name", to: .string(Self.ownPrefix + target.dispatchName))
            .setting("trunk_ids", to: .strings(used.isEmpty ? trunkIDs : used))
            .setting("room_config", to: (json.field("room_config") ?? [:]).setting("agents", to: [Self.agent(target)]))
    }

    private static func agent(_ target: AgentTarget) -> JSON {
        let agent: JSON = ["agent_name": .string(target.dispatchName)]
        return target.metadata.isEmpty ? agent : agent.setting("metadata", to: .string(target.metadata))
    }
}
