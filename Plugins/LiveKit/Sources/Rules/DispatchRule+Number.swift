import SwitchboardCore

/// Rules for one number that comes in by a trunk.
extension DispatchRule {
    /// What the name of the engine's own rule for a number begins with.
    private static func ownPrefix(_ number: E164) -> String { "switchboard number \(number) " }

    /// Whether it names both the trunk and the number, which LiveKit compares letter by letter.
    func names(_ number: RoutedNumber) -> Bool {
        trunkIDs.contains(number.inboundID) && called.contains(number.e164.text)
    }

    /// Whether some callers pass it by, or have to key in a PIN.
    var isForSomeCallers: Bool { hasPin || !callers.isEmpty }

    /// Whether the engine made it for the number and nobody has narrowed or widened it since.
    func isOwn(of number: E164) -> Bool {
        name.hasPrefix(Self.ownPrefix(number)) && kind == .individual && called == [number.text] && !trunkIDs.isEmpty
            && !isForSomeCallers
    }

    /// The whole rule for the number and no other, with another agent and every other field as it is.
    func given(to target: AgentTarget, for number: RoutedNumber) -> DispatchRule {
        var rule = self
        if rule.kind == nil { rule.setKind(.individual, room: "call-", pin: nil, random: nil) }
        rule.name = Self.ownPrefix(number.e164) + "to " + target.dispatchName
        rule.trunkIDs = [number.inboundID]
        rule.called = [number.e164.text]
        rule.agents = [target]
        return rule
    }
}
