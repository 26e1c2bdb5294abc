/// The inbound trunks of the project, with the index by which two for the same calls are found.
struct TrunkBook: Sendable {
    private(set) var book = MessageBook(id: "sip_trunk_id")
    private var holders: [TrunkSlot: Set<String>] = [:]

    subscript(id: String) -> ProtoMessage? { book[id] }

    /// Adds a trunk, or replaces the one of the same id.
    mutating func put(_ trunk: ProtoMessage) {
        let id = trunk.string("sip_trunk_id")
        unindex(id)
        book.put(trunk)
        for slot in TrunkSlot.all(of: trunk) { holders[slot, default: []].insert(id) }
    }

    /// Removes the trunk of the id, if there is one.
    mutating func remove(_ id: String) {
        unindex(id)
        book.remove(id)
    }

    /// Refuses a trunk, new or changed, that takes calls which another trunk takes.
    ///
    /// The refusal is that of a walk over all trunks in the order of their ids, a new one last: it names the trunk
    /// that comes later, then the earlier one with which it clashes.
    func checkConflict(_ trunk: ProtoMessage) throws(TwirpError) {
        let id = trunk.string("sip_trunk_id")
        let rivals = Set(TrunkSlot.all(of: trunk).flatMap { holders[$0] ?? [] }).subtracting([id])
        func comesEarlier(_ other: String) -> Bool { id.isEmpty || other < id }
        guard let first = rivals.min() else { return }
        if comesEarlier(first) {
            try Self.refuse(trunk) { slot in holders[slot]?.filter(comesEarlier).min() }
        } else if let later = book[first] {
            let own = Set(TrunkSlot.all(of: trunk))
            try Self.refuse(later) { own.contains($0) ? id : nil }
        }
    }

    private static func refuse(_ later: ProtoMessage, _ earlier: (TrunkSlot) -> String?) throws(TwirpError) {
        let id = later.string("sip_trunk_id")
        let numbers = later.strings("numbers")
        let callers = later.strings("allowed_numbers")
        for (place, slot) in TrunkSlot.all(of: later).enumerated() {
            guard let other = earlier(slot) else { continue }
            let caller =
                callers.isEmpty
                ? "without AllowedNumbers set"
                : "and AllowedNumber \(GoText.quoted(callers[place % callers.count]))"
            throw TwirpError(
                .invalidArgument,
                "Conflicting inbound SIP Trunks: \(GoText.quoted(id.isEmpty ? "<new>" : id)) and "
                    + "\(GoText.quoted(other)), using the same number(s) "
                    + "\(numbers.isEmpty ? "<any>" : GoText.quoted(numbers)) \(caller)")
        }
    }

    private mutating func unindex(_ id: String) {
        guard let trunk = book[id] else { return }
        for slot in TrunkSlot.all(of: trunk) {
            holders[slot]?.remove(id)
            if holders[slot]?.isEmpty == true { holders[slot] = nil }
        }
    }
}

/// Calls that a trunk takes: no two trunks may have one slot in common (contract section 4.4).
///
/// A trunk for any number and one for a number do not clash, and neither do one for any caller and one for a caller.
struct TrunkSlot: Hashable, Sendable {
    /// Normalized; nil for any number.
    let called: String?
    /// Normalized; nil for any caller.
    let caller: String?

    /// The slots of a trunk, for each of its numbers one for each of its callers.
    static func all(of trunk: ProtoMessage) -> [TrunkSlot] {
        let callers = orAny(trunk.strings("allowed_numbers"))
        return orAny(trunk.strings("numbers")).flatMap { called in
            callers.map { TrunkSlot(called: called, caller: $0) }
        }
    }

    private static func orAny(_ numbers: [String]) -> [String?] {
        numbers.isEmpty ? [nil] : numbers.map(SIPNumber.normalized)
    }
}
