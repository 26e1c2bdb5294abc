import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Deletes dispatch rules.
public enum DispatchDelete: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "dispatch delete", summary: "delete dispatch rules; says first which numbers stop working",
        parameters: [RoutingReferenceParameter.rule(.rest), BoundCalls.force],
        output: .computed { call in RoutingReferenceParameter.output(call, "rule", RecordTypes.dispatchRule) },
        effect: .irreversible, asksForItself: true,
        examples: [
            .init(
                "dispatch delete desk", "its calls reach nobody then",
                setUp: "trunk create --name main --numbers +15105550100 | dispatch create --name desk --direct lobby")
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [RoutedDeleteEffect<DispatchRule>.self]

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Deletes, after all are found and it is told what that leads to.
    public static func run(_ call: CommandCall) throws -> Value {
        let picture = try call.run.routingPicture()
        return try RoutingReferenceParameter.forEach("rule", call, among: picture.rules) { found in
            try BoundCalls.require(
                { number in found.contains { $0.concerns(number) } }, from: picture,
                to: picture.with(nil, insteadOf: found), by: BoundCalls.force, call)
            try call.run.warn(of: found.flatMap { $0.losses(in: picture, deleting: found) })
            for rule in found { _ = try call.run.carryOut(RoutedDeleteEffect(thing: rule)) }
        }
    }
}

extension DispatchRule {
    /// The numbers that it takes the calls of and nothing takes without it: those that it names, those that its trunks
    /// carry, and of trunks that carry every number these.
    fileprivate func losses(in picture: RoutingPicture, deleting rules: [DispatchRule]) -> [RoutingLoss] {
        var after = picture
        after.rules.removeAll { rule in rules.contains { $0.id == rule.id } }
        let own = picture.numbers.filter { isCatchAll || trunkIDs.contains($0.inboundID) }.map(\.e164.text)
        let trunks = picture.trunks.filter { $0.direction == .inbound && (isCatchAll || trunkIDs.contains($0.id)) }
        let lost = (own + trunks.flatMap(\.numbers)).filter { number in
            let call = RoutingPicture.Call(caller: callers.first ?? "anonymous", called: number)
            return picture.explain(call).ruleID == id && after.explain(call).outcome == .rejected
        }
        let isTaken = after.rules.contains(where: \.isCatchAll)
        let open = trunks.filter { trunk in
            trunk.isCatchAll && !isTaken && !after.rules.contains { $0.trunkIDs.contains(trunk.id) }
        }
        return (lost + open.map { "every number of the \($0.title)" }).map {
            .number($0, "calls to it reach nobody without the \(title)")
        }
    }
}
