import SwitchboardCore
import SwitchboardSandbox

extension LiveKitWorld {
    /// The status of a number: `ACTIVE` when some rule takes its calls, else `OFFLINE`.
    func status(of number: PurchasedNumber, _ call: LiveKitCall? = nil) -> Int32 {
        if number.releasedAt != nil { return NumberStatus.released }
        if let fault = call?.fault, fault.kind == .pending, fault.number ?? number.e164 == number.e164 {
            return NumberStatus.pending
        }
        return rules.serve(id: number.id, e164: number.e164) ? NumberStatus.active : NumberStatus.offline
    }

    /// The number as listings and `GetPhoneNumber` print it.
    func message(_ number: PurchasedNumber, _ call: LiveKitCall) -> ProtoMessage {
        var message = inventory.offer(number.e164)
        fill(&message, number, call)
        message["assigned_at"] = .timestamp(number.assignedAt)
        message["released_at"] = number.releasedAt.map { .timestamp($0) }
        return message
    }

    /// The number as purchases and updates print it: id, number, status and rules.
    func sparse(_ number: PurchasedNumber, _ call: LiveKitCall) -> ProtoMessage {
        var message = ProtoMessage(PhoneNumberSchemas.number)
        message.set("e164_format", number.e164)
        fill(&message, number, call)
        return message
    }

    private func fill(_ message: inout ProtoMessage, _ number: PurchasedNumber, _ call: LiveKitCall) {
        let bound = number.releasedAt == nil ? rules.rules(naming: number.id) : []
        message.set("id", number.id)
        let status = status(of: number, call)
        message["status"] = .enumeration(status)
        message.set("sip_dispatch_rule_ids", bound)
        if let first = bound.first { message.set("sip_dispatch_rule_id", first) }
        if call.fault?.kind == .newerFields { fillNewer(&message, isActive: status == NumberStatus.active) }
    }

    /// What LiveKit Cloud prints beyond its published messages (contract section 3.4).
    private func fillNewer(_ message: inout ProtoMessage, isActive: Bool) {
        message.set("name", "")
        message["inbound_status"] = .enumeration(isActive ? 1 : 3)
        message["outbound_status"] = .enumeration(2)
    }

    /// The owned number that a message names by `id` or by `phone_number`, exactly one of the two.
    func named(by message: ProtoMessage, released: Bool = false) throws(TwirpError) -> PurchasedNumber {
        let id = message.string("id")
        let e164 = message.string("phone_number")
        guard id.isEmpty != e164.isEmpty else {
            throw TwirpError(.invalidArgument, "exactly one of id and phone_number must be set")
        }
        let found = id.isEmpty ? owned[e164].flatMap { numbers[$0] } : numbers[id]
        guard let found, released || found.releasedAt == nil else { throw .numberNotFound }
        return found
    }

    /// Refuses to take the number out of a rule that would then decide the same calls as another.
    func checkMove(_ number: PurchasedNumber, to target: ProtoMessage) throws(TwirpError) {
        for id in rules.rules(naming: number.id) where id != target.string("sip_dispatch_rule_id") {
            guard let rest = rules[id]?.without(number), rules.conflict(with: rest) == nil else {
                throw .updateRefused
            }
        }
    }

    /// Makes the rule the only one that names the number; another that named nothing else takes all calls from then on.
    mutating func bind(_ number: PurchasedNumber, to rule: ProtoMessage) {
        let target = rule.string("sip_dispatch_rule_id")
        for id in rules.rules(naming: number.id) where id != target {
            if let rest = rules[id]?.without(number) { store(rest) }
        }
        guard !rule.strings("trunk_ids").contains(number.id) else { return }
        var changed = rule
        changed.set("trunk_ids", rule.strings("trunk_ids") + [number.id])
        store(changed)
    }

    /// Takes the number out of a rule; a rule that would be left with no trunk at all keeps the id.
    mutating func unbind(_ number: PurchasedNumber, from id: String) {
        guard let rest = rules[id]?.without(number), !rest.strings("trunk_ids").isEmpty else { return }
        store(rest)
    }
}

extension ProtoMessage {
    /// The rule without the number in its `trunk_ids`.
    fileprivate func without(_ number: PurchasedNumber) -> ProtoMessage {
        var rule = self
        rule.set("trunk_ids", strings("trunk_ids").filter { $0 != number.id })
        return rule
    }
}

/// The values of `PhoneNumberStatus`.
enum NumberStatus {
    static let active: Int32 = 1
    static let pending: Int32 = 2
    static let released: Int32 = 3
    static let offline: Int32 = 4
}
