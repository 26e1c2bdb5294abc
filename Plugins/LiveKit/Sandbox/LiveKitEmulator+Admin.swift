import Synchronization
public import SwitchboardCore
public import SwitchboardSandbox

extension LiveKitEmulator {
    /// `numbers` (with `purchases`, the count of purchases of that number ever), `history` and `dispatch_rules`.
    public func state() -> JSON {
        world.withLock { world in
            let bought = world.history.filter { $0.event == .purchase }
            let counts = Dictionary(bought.map { ($0.e164, 1) }, uniquingKeysWith: +)
            return [
                "emulator": .string(Self.name),
                "numbers": .array(world.order.compactMap { world.numbers[$0.id] }.map { world.truth($0, counts) }),
                "history": .array(world.history.map(\.truth)),
                "dispatch_rules": .array(world.rules.ids.compactMap { world.rules[$0]?.json }),
            ]
        }
    }

    /// Takes `numbers` (texts, or objects with `e164` and perhaps `id`) and `dispatch_rules` (objects as LiveKit
    /// prints them, `sip_dispatch_rule_id` included or not); seeded numbers count no purchase.
    public func seed(_ things: JSON) throws -> [Seeded] {
        guard let members = things.members else { throw SeedRefusal("a seed is an object") }
        if let stranger = members.first(where: { !["numbers", "dispatch_rules"].contains($0.name) }) {
            throw SeedRefusal("a seed has numbers and dispatch_rules, not '\(stranger.name)'")
        }
        let time = context.now()
        let numbers = try (things["numbers"]?.elements ?? []).map { try Self.number($0, at: time) }
        let rules = try (things["dispatch_rules"]?.elements ?? []).map(Self.rule)
        try world.withLock { world in
            var seen: Set<String> = []
            for number in numbers {
                guard world.owned[number.e164] == nil, seen.insert(number.e164).inserted else {
                    throw SeedRefusal("\(number.e164) is owned already")
                }
                guard world.numbers[number.id] == nil, seen.insert(number.id).inserted else {
                    throw SeedRefusal("id \(number.id) is in use")
                }
            }
            for number in numbers { world.store(number) }
            for rule in rules { world.store(rule) }
            try context.documents.apply(world.takePending())
        }
        return numbers.map { Seeded("number", id: $0.id, e164: $0.e164) }
            + rules.map { Seeded("dispatch_rule", id: $0.string("sip_dispatch_rule_id")) }
    }

    /// Gives every number back and forgets every rule, the history and the answers given.
    public func reset() throws {
        try world.withLock { world in
            world = LiveKitWorld(inventory: world.inventory)
            try context.documents.apply([.removeAll])
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
}

extension LiveKitWorld {
    fileprivate func truth(_ number: PurchasedNumber, _ purchases: [String: Int]) -> JSON {
        let status = PhoneNumberSchemas.status.names[self.status(of: number)] ?? ""
        return [
            "e164": .string(number.e164), "id": .string(number.id), "status": .string(status),
            "purchases": .integer(purchases[number.e164] ?? 0),
            "assigned_at": .string(number.assignedAt.text), "released_at": .optional(number.releasedAt?.text),
            "sip_dispatch_rule_ids": .strings(rules.rules(naming: number.id)),
        ]
    }
}

extension HistoryEntry {
    fileprivate var truth: JSON {
        [
            "event": .string(event.rawValue), "time": .string(time.text), "e164": .string(e164), "id": .string(id),
            "request_id": .optional(requestID),
        ]
    }
}
