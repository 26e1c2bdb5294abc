public import SwitchboardCore

/// LiveKit Phone Numbers: US numbers for calls to voice agents.
public struct LiveKitProvider: NumberProvider, CallAnswering {
    /// The platform that binds this project's numbers to its agents, over the same connection limits.
    public var agentPlatform: any AgentPlatform { platform }

    let calls: PhoneNumberCalls
    let platform: LiveKitAgentPlatform

    /// Makes the provider of one project; does no I/O.
    ///
    /// Errors: `unauthorized` for a missing setting, `invalid_argument` for a URL or a SIP host that is none.
    public init(context: ProviderContext) throws {
        let client = try TwirpClient(context: context)
        if let host = context.settings["sip_host"] { _ = try SIPHost(host, profile: context.profile) }
        calls = PhoneNumberCalls(client: client, log: context.log)
        platform = LiveKitAgentPlatform(client: client)
    }

    /// Returns the project's numbers in ascending order, each once; released ones only where the filter asks.
    public func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] {
        let wanted = filter.statuses.isEmpty ? [.active, .pending, .offline] : filter.statuses
        let told = try await calls.list(statuses: wanted, ruleID: filter.dispatchRuleID)
        // Of released numbers LiveKit alone knows which rule they had.
        return OwnedNumberFilter(statuses: wanted).apply(to: told.compactMap(calls.owned))
    }

    /// Returns the number if the project holds it now; a released or unknown number is nil.
    public func lookUp(_ number: E164) async throws -> OwnedNumber? {
        try await calls.held(number)
    }
}
