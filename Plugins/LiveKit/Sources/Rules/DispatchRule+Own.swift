import SwitchboardCore

/// Rules that the engine makes for its agents, and what others make of them.
extension DispatchRule {
    /// What the names of the engine's own rules begin with.
    static let ownPrefix = "switchboard agent "

    /// Whether calls to this number get past its filter of called numbers, which LiveKit compares letter by letter.
    func admits(_ number: E164) -> Bool { called.isEmpty || called.contains(number.text) }

    /// Whether a caller needs a PIN, or not every caller or called number gets in.
    var isRestricted: Bool { hasPin || !callers.isEmpty || !called.isEmpty }

    /// Whether the engine made it and nobody has narrowed it since.
    var isOwn: Bool { name.hasPrefix(Self.ownPrefix) && kind == .individual && !isRestricted && !trunkIDs.isEmpty }

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

    /// A new rule for an agent, with its first number.
    static func new(for target: AgentTarget, firstID: String) -> DispatchRule {
        var rule = DispatchRule()
        rule.setKind(.individual, room: "call-", pin: nil, random: nil)
        rule.trunkIDs = [firstID]
        return rule.given(to: target)
    }

    /// The whole rule with another agent, every other field as it is but a parking id that is no longer needed.
    func given(to target: AgentTarget) -> DispatchRule {
        var rule = self
        rule.name = Self.ownPrefix + target.dispatchName
        let used = trunkIDs.filter { $0 != parkingID }
        if !used.isEmpty { rule.trunkIDs = used }
        rule.agents = [target]
        return rule
    }
}
