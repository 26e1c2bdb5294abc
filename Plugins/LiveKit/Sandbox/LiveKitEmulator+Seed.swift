public import SwitchboardCore
public import SwitchboardSandbox
import Synchronization

extension LiveKitEmulator {
    /// Takes `numbers` (texts, or objects with `e164` and perhaps `id`), and `dispatch_rules`, `inbound_trunks` and
    /// `outbound_trunks` (objects as LiveKit prints them, ids included or not); seeded numbers count no purchase.
    public func seed(_ things: JSON) throws -> [Seeded] {
        let seed = try Seed(things, at: context.now())
        try world.withLock { world in
            try seed.check(world)
            for number in seed.numbers { world.store(number) }
            for rule in seed.rules { world.store(rule) }
            for (direction, trunk) in seed.trunks { world.store(trunk, direction) }
            try context.documents.apply(world.takePending())
        }
        return seed.notes
    }
}

/// Things to be put into a project as if they had been there before.
private struct Seed {
    var numbers: [PurchasedNumber] = []
    var rules: [ProtoMessage] = []
    var trunks: [(direction: TrunkDirection, trunk: ProtoMessage)] = []

    /// Reads the things; throws `SeedRefusal` for what is none of them.
    init(_ things: JSON, at time: SandboxTime) throws {
        guard let members = things.members else { throw SeedRefusal("a seed is an object") }
        for member in members {
            guard let elements = member.value.elements else { throw SeedRefusal("'\(member.name)' is a list") }
            switch member.name {
            case "numbers": numbers = try elements.map { try Self.number($0, at: time) }
            case "dispatch_rules": rules = try elements.map(Self.rule)
            case "inbound_trunks": trunks += try elements.map { (.inbound, try Self.trunk($0, .inbound)) }
            case "outbound_trunks": trunks += try elements.map { (.outbound, try Self.trunk($0, .outbound)) }
            default:
                throw SeedRefusal(
                    "a seed has numbers, dispatch_rules, inbound_trunks and outbound_trunks, not '\(member.name)'")
            }
        }
    }

    /// What is put there, as the answer tells it.
    var notes: [Seeded] {
        numbers.map { Seeded("number", id: $0.id, e164: $0.e164) }
            + rules.map { Seeded("dispatch_rule", id: $0.string("sip_dispatch_rule_id")) }
            + trunks.map { Seeded("\($0.direction)_trunk", id: $0.trunk.string("sip_trunk_id")) }
    }

    /// Refuses numbers that are owned, and ids that are in use.
    func check(_ world: LiveKitWorld) throws {
        var seen: Set<String> = []
        func refuse(_ text: String, _ isTaken: Bool, _ refusal: String) throws {
            guard !isTaken, seen.insert(text).inserted else { throw SeedRefusal(refusal) }
        }
        for number in numbers {
            try refuse(number.e164, world.owned[number.e164] != nil, "\(number.e164) is owned already")
            try refuse(number.id, world.numbers[number.id] != nil, "id \(number.id) is in use")
        }
        for id in trunks.map({ $0.trunk.string("sip_trunk_id") }) {
            let isTaken = TrunkDirection.allCases.contains { world.trunks($0)[id] != nil }
            try refuse(id, isTaken, "id \(id) is in use")
        }
    }

    private static func number(_ json: JSON, at time: SandboxTime) throws -> PurchasedNumber {
        guard let e164 = json.text ?? json["e164"]?.text, E164(e164) != nil else {
            throw SeedRefusal("a number is a text like +14155550100, or an object with e164 and perhaps id")
        }
        return PurchasedNumber(
            id: json["id"]?.text ?? LiveKitID.make(LiveKitID.number), e164: e164, assignedAt: time)
    }

    private static func rule(_ json: JSON) throws -> ProtoMessage {
        guard var rule = try? ProtoReader.read(json, as: DispatchRuleSchemas.info), rule.has("rule") else {
            throw SeedRefusal("a dispatch rule is an object as LiveKit prints it, with its 'rule'")
        }
        if !rule.has("sip_dispatch_rule_id") { rule.set("sip_dispatch_rule_id", LiveKitID.make(LiveKitID.rule)) }
        return rule
    }

    private static func trunk(_ json: JSON, _ direction: TrunkDirection) throws -> ProtoMessage {
        guard var trunk = try? ProtoReader.read(json, as: direction.schema) else {
            throw SeedRefusal("an \(direction) trunk is an object as LiveKit prints it")
        }
        if !trunk.has("sip_trunk_id") { trunk.set("sip_trunk_id", LiveKitID.make(LiveKitID.trunk)) }
        return trunk
    }
}
