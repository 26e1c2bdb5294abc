extension DispatchRule {
    /// The first other rule that decides some of the same calls already, which LiveKit refuses (contract section 4.4).
    ///
    /// Two rules compete where they have the same PIN or none and share a trunk, a caller and a called number; a list
    /// that is empty shares only with another empty one. Their kinds do not matter. Itself, told by its id, is left out.
    public func conflict(among others: [DispatchRule]) -> RoutingFault? {
        let other = others.first { other in
            sharesTrunk(with: other) && (id.isEmpty || other.id != id) && pin == other.pin && hasPin == other.hasPin
                && Slot.shared(callers, other.callers) != nil && Slot.shared(called, other.called) != nil
        }
        return other.map { other in
            RoutingFault(
                field: "trunk_ids", "\(other.title) decides \(sharedCalls(other)) already",
                help: "change that rule, or tell the two apart by trunk_ids, numbers, inbound_numbers or the PIN",
                code: .conflict)
        }
    }

    private func sharesTrunk(with other: DispatchRule) -> Bool {
        trunkIDs.isEmpty && other.trunkIDs.isEmpty || !Set(trunkIDs).isDisjoint(with: other.trunkIDs)
    }

    private func sharedCalls(_ other: DispatchRule) -> String {
        let trunk = trunkIDs.first(where: other.trunkIDs.contains)
        let called = Slot.shared(called, other.called)
        let caller = Slot.shared(callers, other.callers)
        var words = trunk.map { "the calls that come in by \(RoutingText.shown($0))" } ?? "the calls of every trunk"
        if let called, !called.isAny { words += " to \(called.words(""))" }
        if let caller, !caller.isAny { words += " from \(caller.words(""))" }
        return hasPin ? words + " with the same PIN" : words
    }
}
