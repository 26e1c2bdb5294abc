import SwitchboardCore

/// Conferences that a SIP call joins, such as one to a voice agent.
extension TwilioProvider {
    /// Returns the conference under way of a `CF…` id or of a name, or nil.
    ///
    /// Throws `conflict` where several of one name are under way.
    public func conference(_ reference: String) async throws -> Conference? {
        if Self.isConferenceSID(reference) { return try await conferenceCalls.conference(sid: reference) }
        let found = try await conferenceCalls.conferences(named: reference)
        guard found.count < 2 else {
            throw SwitchboardError(
                .conflict, "\(found.count) conferences '\(reference)' are under way at twilio",
                help: "name one by its id: \(found.map(\.sid).joined(separator: " "))", provider: Self.name)
        }
        return found.first
    }

    /// Returns the participant of a label or a `CA…` id who is in the conference now, or nil.
    public func participant(_ id: String, ofConference sid: String) async throws -> Participant? {
        try await conferenceCalls.participant(id, ofConference: sid)
    }

    /// Calls a SIP URI into the conference of this `CF…` id, which costs what a call costs.
    ///
    /// Twilio knows no keys, and would make a conference of an unknown name: so the id is asked for, and the call is
    /// repeated only where nobody of its label is in the conference. Errors: `not_found` for a conference that is over.
    public func add(_ call: ConferenceCall, toConference sid: String) async throws -> Participant {
        try await conferenceCalls.add(call, toConference: sid)
    }

    /// Hangs up on a participant; one who has left is left alone.
    public func hangUp(_ participant: Participant) async throws {
        try await conferenceCalls.remove(participant.callSID, fromConference: participant.conferenceSID)
    }

    private static func isConferenceSID(_ text: String) -> Bool {
        text.wholeMatch(of: /CF[0-9a-fA-F]{32}/) != nil
    }
}
