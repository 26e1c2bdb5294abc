import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Deletes trunks.
public enum TrunkDelete: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "trunk delete", summary: "delete trunks; says first which numbers stop working",
        parameters: [RoutingReferenceParameter.trunk(.rest), BoundCalls.force],
        output: .computed { call in RoutingReferenceParameter.output(call, "trunk", RecordTypes.trunk) },
        effect: .irreversible, asksForItself: true,
        examples: [
            .init(
                "trunk delete main", "its numbers reach nobody then",
                setUp: "trunk create --name main --numbers +15105550100"),
            .init("trunk list | where .name matches 'test-*' | trunk delete", "what a filter finds"),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [RoutedDeleteEffect<SIPTrunk>.self]

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Deletes, after all are found and it is told what that leads to.
    public static func run(_ call: CommandCall) throws -> Value {
        let picture = try call.run.routingPicture()
        let entries = try TrunkEntry.all(picture, call.run)
        return try RoutingReferenceParameter.forEach("trunk", call, among: entries) { found in
            let halves = found.flatMap(\.halves)
            try BoundCalls.require(
                { number in halves.contains { $0.concerns(number) } }, from: picture,
                to: picture.with(nil, insteadOf: halves), by: BoundCalls.force, call)
            let numbers = try call.run.store.numbers(profile: call.run.profile)
            try call.run.warn(
                of: found.flatMap { entry in
                    entry.halves.flatMap { $0.losses(in: picture, deleting: found) } + entry.losses(of: numbers)
                })
            var gone: Set<String> = []
            for entry in found { try delete(entry, besides: &gone, call.run) }
        }
    }

    private static func delete(_ entry: TrunkEntry, besides gone: inout Set<String>, _ run: RunSession) throws {
        for half in entry.halves where gone.insert(half.id).inserted {
            _ = try run.carryOut(RoutedDeleteEffect(thing: half))
        }
        guard entry.halves.isEmpty, let row = entry.row else { return }
        run.note("\(entry.gone.message); it is out of the ledger now")
        try run.apply(
            row.removal(of: nil, run.store, run.profile, at: run.now), "forget trunk \(row.name)",
            inverse: .unneeded)
    }
}

extension TrunkEntry {
    /// The workspace's numbers that are registered on it beside those of its own list.
    fileprivate func losses(of numbers: [WorkspaceNumber]) -> [RoutingLoss] {
        guard let row, !isPart || halves.contains(where: { $0.id == row.listingHalf }) else { return [] }
        let listed = Set(halves.flatMap(\.numbers))
        return numbers.filter { $0.trunkID == row.id && !listed.contains($0.e164.text) }.map {
            .number($0.e164.text, "it is registered on the trunk, and only its import on another brings it back")
        }
    }
}

extension SIPTrunk {
    /// What its deletion costs: numbers that no other trunk carries, and rules that go on naming it.
    fileprivate func losses(in picture: RoutingPicture, deleting entries: [TrunkEntry]) -> [RoutingLoss] {
        let going = Set(entries.flatMap(\.ids))
        let rest = picture.trunks.filter { !going.contains($0.id) && $0.direction == direction }
        let lost = numbers.filter { number in !rest.contains { $0.carries(anyOf: [number]) } }
        let rules = picture.rules.filter { $0.trunkIDs.contains(id) }
        let what = direction == .inbound ? "calls to it reach nobody" : "no calls go out from it"
        let losses = (isCatchAll ? ["every number that no other trunk carries"] : lost).map {
            RoutingLoss.number($0, "\(what) without the \(title)")
        }
        return losses + rules.map { .remark("the \($0.title) goes on naming the \(title)") }
    }
}
