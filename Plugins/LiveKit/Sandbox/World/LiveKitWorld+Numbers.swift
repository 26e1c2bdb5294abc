import SwitchboardCore
import SwitchboardSandbox

extension LiveKitWorld {
    /// The status of a number: `ACTIVE` when some rule takes its calls, else `OFFLINE`.
    func status(of number: PurchasedNumber) -> Int32 {
        if number.releasedAt != nil { return NumberStatus.released }
        return rules.serve(id: number.id, e164: number.e164) ? NumberStatus.active : NumberStatus.offline
    }

    /// The number as listings and `GetPhoneNumber` print it.
    func message(_ number: PurchasedNumber) -> ProtoMessage {
        var message = inventory.offer(number.e164)
        fill(&message, number)
        message["assigned_at"] = .timestamp(number.assignedAt)
        message["released_at"] = number.releasedAt.map { .timestamp($0) }
        return message
    }

    /// The number as purchases and updates print it: id, number, status and rules.
    func sparse(_ number: PurchasedNumber) -> ProtoMessage {
        var message = ProtoMessage(PhoneNumberSchemas.number)
        message.set("e164_format", number.e164)
        fill(&message, number)
        return message
    }

    private func fill(_ message: inout ProtoMessage, _ number: PurchasedNumber) {
        let bound = number.releasedAt == nil ? rules.rules(naming: number.id) : []
        message.set("id", number.id)
        message["status"] = .enumeration(status(of: number))
        message.set("sip_dispatch_rule_ids", bound)
        if let first = bound.first { message.set("sip_dispatch_rule_id", first) }
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

    /// Makes the rule the only one that names the number.
    mutating func bind(_ number: PurchasedNumber, to rule: ProtoMessage) {
        let target = rule.string("sip_dispatch_rule_id")
        for id in rules.rules(naming: number.id) where id != target { unbind(number, from: id) }
        guard !rule.strings("trunk_ids").contains(number.id) else { return }
        var changed = rule
        changed.set("trunk_ids", rule.strings("trunk_ids") + [number.id])
        store(changed)
    }

    /// Takes the number out of a rule; a rule that would be left with no trunk at all keeps the id.
    mutating func unbind(_ number: PurchasedNumber, from id: String) {
        guard var rule = rules[id] else { return }
        let rest = rule.strings("trunk_ids").filter { $0 != number.id }
        guard !rest.isEmpty else { return }
        rule.set("trunk_ids", rest)
        store(rule)
    }
}

/// The values of `PhoneNumberStatus`.
enum NumberStatus {
    static let active: Int32 = 1
    static let pending: Int32 = 2
    static let released: Int32 = 3
    static let offline: Int32 = 4
}
