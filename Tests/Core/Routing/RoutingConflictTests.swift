import SwitchboardCore
import Testing

/// Compares the search for conflicts with contract section 4.4 carried out as it is written, slot by slot.
@Suite struct RoutingConflictTests {
    /// The slots of a list: its numbers without punctuation, or the one slot for all.
    private func slots(_ texts: [String]) -> [String] {
        texts.isEmpty ? ["any"] : texts.map { "+" + $0.filter { $0.isNumber } }
    }

    private func keys(of trunk: SIPTrunk) -> Set<[String]> {
        Set(slots(trunk.numbers).flatMap { number in slots(trunk.allowedNumbers).map { [number, $0] } })
    }

    private func keys(of rule: DispatchRule) -> Set<[String]> {
        let trunks = rule.trunkIDs.isEmpty ? ["any"] : rule.trunkIDs
        return Set(
            trunks.flatMap { trunk in
                slots(rule.callers).flatMap { caller in
                    slots(rule.called).map { [rule.pin?.reveal() ?? "", trunk, caller, $0] }
                }
            })
    }

    private static let spellings = [
        "+15105550100", "1 (510) 555-0100", "+15105550101", "+13105551100", "1-310-555-1100",
    ]

    private func some(_ texts: [String], _ chance: inout Chance) -> [String] {
        Bool.random(using: &chance) ? [] : texts.filter { _ in Int.random(in: 0..<3, using: &chance) == 0 }
    }

    @Test(arguments: 1...300) func trunksConflictAsTheirSlotsDo(seed: Int) {
        var chance = Chance(UInt64(seed))
        let trunks = (0..<4).map { index in
            var trunk = SIPTrunk(.inbound)
            trunk.id = "ST_\(index)"
            trunk.numbers = some(Self.spellings, &chance)
            trunk.allowedNumbers = some(Self.spellings, &chance)
            return trunk
        }
        for trunk in trunks {
            let rival = trunks.first { $0.id != trunk.id && !keys(of: trunk).isDisjoint(with: keys(of: $0)) }
            let conflict = trunk.conflict(among: trunks)
            #expect((conflict == nil) == (rival == nil))
            if let rival { #expect(conflict?.message.hasPrefix("trunk \(rival.id) ") == true) }
            #expect(trunks.allSatisfy { (trunk.conflict(among: [$0]) == nil) == ($0.conflict(among: [trunk]) == nil) })
        }
    }

    @Test(arguments: 1...300) func rulesConflictAsTheirKeysDo(seed: Int) {
        var chance = Chance(UInt64(seed))
        let rules = (0..<4).map { index in
            var rule = DispatchRule()
            rule.id = "SDR_\(index)"
            let pin = Bool.random(using: &chance) ? Secret("1") : nil
            rule.setKind([.direct, .individual, .callee].randomElement(using: &chance) ?? .direct, room: "r", pin: pin)
            rule.trunkIDs = some(["ST_a", "ST_b", "PN_PPN_a"], &chance)
            rule.callers = some(Self.spellings, &chance)
            rule.called = some(Self.spellings, &chance)
            return rule
        }
        for rule in rules {
            let rival = rules.first { $0.id != rule.id && !keys(of: rule).isDisjoint(with: keys(of: $0)) }
            let conflict = rule.conflict(among: rules)
            #expect((conflict == nil) == (rival == nil))
            if let rival { #expect(conflict?.message.hasPrefix("rule \(rival.id) ") == true) }
        }
    }
}
