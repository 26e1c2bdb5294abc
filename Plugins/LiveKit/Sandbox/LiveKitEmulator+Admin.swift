import Synchronization
public import SwitchboardCore
import SwitchboardSandbox

extension LiveKitEmulator {
    /// `numbers` (with `purchases`, the count of purchases of that number ever), `history`, `dispatch_rules`,
    /// `inbound_trunks` and `outbound_trunks` (passwords included), and `participants` (everybody ever called).
    public func state() -> JSON {
        world.withLock { world in
            let bought = world.history.filter { $0.event == .purchase }
            let counts = Dictionary(bought.map { ($0.e164, 1) }, uniquingKeysWith: +)
            return [
                "emulator": .string(Self.name),
                "numbers": .array(world.order.compactMap { world.numbers[$0.id] }.map { world.truth($0, counts) }),
                "history": .array(world.history.map(\.truth)),
                "dispatch_rules": .array(world.rules.book.all.map(\.json)),
                "inbound_trunks": .array(world.trunks(.inbound).all.map(\.json)),
                "outbound_trunks": .array(world.trunks(.outbound).all.map(\.json)),
                "participants": .array(world.participants.map(\.truth)),
            ]
        }
    }

    /// Gives every number back and forgets every rule, trunk and participant, the history and the answers given.
    public func reset() throws {
        try world.withLock { world in
            world = LiveKitWorld(inventory: world.inventory)
            try context.documents.apply([.removeAll])
        }
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
