extension SIPTrunk {
    /// The first other inbound trunk that takes some of the same calls already, which LiveKit refuses (contract
    /// section 4.4).
    ///
    /// Two trunks compete for a number where neither lists callers, or both list the same caller; so do two that take
    /// every number. A trunk for a number never competes with one for every number. Itself, told by its id, is left
    /// out; so are outbound trunks.
    public func conflict(among others: [SIPTrunk]) -> RoutingFault? {
        guard direction == .inbound else { return nil }
        for other in others where other.direction == .inbound && (id.isEmpty || other.id != id) {
            guard let number = Slot.shared(numbers, other.numbers),
                let caller = Slot.shared(allowedNumbers, other.allowedNumbers)
            else { continue }
            return RoutingFault(
                field: caller.isAny ? "numbers" : "allowed_numbers",
                "\(other.title) takes the calls to \(number.words("every number")) from \(caller.words("every caller")) "
                    + "already",
                help: "change that trunk, or tell the two apart by their numbers or by allowed_numbers", code: .conflict
            )
        }
        return nil
    }
}

/// A number that a list names, or every number where the list is empty.
struct Slot: Hashable, Sendable {
    /// The number as LiveKit compares it; nil for every number.
    let number: String?

    var isAny: Bool { number == nil }

    func words(_ every: String) -> String { number.map(RoutingText.shown) ?? every }

    /// The first slot that both lists have; a list without numbers shares only with another such list.
    static func shared(_ left: [String], _ right: [String]) -> Slot? {
        guard !left.isEmpty, !right.isEmpty else { return left.isEmpty && right.isEmpty ? Slot(number: nil) : nil }
        let taken = Set(right.map(RoutingNumber.compared))
        return left.map(RoutingNumber.compared).first(where: taken.contains).map { Slot(number: $0) }
    }
}
