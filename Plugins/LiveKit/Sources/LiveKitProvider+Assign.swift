public import SwitchboardCore

extension LiveKitProvider: DispatchRuleAssigning {
    /// Throws `not_found` for an unknown rule, `conflict` for one that names no trunk; reads only.
    public func requireAssignable(toDispatchRule ruleID: String) async throws {
        try await platform.requireUsable(ruleID: ruleID)
    }

    /// Points the number at the rule, away from every other, and reads it back.
    ///
    /// Errors: `not_found` for an unknown rule; `conflict` where the rule names no trunk and so catches every call, or
    /// where another rule that somebody made would be left without a trunk and so would catch every call.
    public func assign(_ number: OwnedNumber, toDispatchRule ruleID: String, key: String) async throws -> OwnedNumber {
        try await platform.point(
            RoutedNumber(e164: number.e164, inboundID: number.providerID), atRule: ruleID, key: key)
        var after = number
        do {
            if let fresh = try await calls.held(number.e164) { return fresh }
        } catch {
            calls.note("\(number.e164) is assigned and could not be read again: \(SwitchboardError(wrapping: error))")
        }
        after.dispatchRuleIDs = [ruleID]
        if after.status == .offline { after.status = .active }
        return after
    }
}
