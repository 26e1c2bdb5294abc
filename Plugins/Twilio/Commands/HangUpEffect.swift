import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import TwilioProvider

/// Hanging up on a number that was called into a conference.
struct HangUpEffect: Effect {
    /// The kind.
    static let kind = "twilio-hang-up"

    let conference: Conference
    let participant: Participant
    let number: E164

    /// The text `bridge CF… +15105550100`, as that of the call.
    var subject: String { "bridge \(conference.sid) \(number)" }

    /// None.
    var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    var summary: String { "hang up on \(number) in the conference '\(conference.name)' at twilio" }

    /// Hangs up.
    func perform(in world: EffectWorld) async throws -> Participant {
        try await world.providers.twilio().hangUp(participant)
        return participant
    }

    /// The call is over.
    func foresee(in world: EffectWorld) async throws -> Participant { participant }

    /// Asks whether the call is still in the conference.
    func reconcile(in world: EffectWorld) async throws -> Settlement<Participant> {
        let there = try await world.providers.twilio()
            .participant(participant.callSID, ofConference: participant.conferenceSID)
        return there == nil ? .done(participant) : .notDone
    }

    /// Nothing: the ledger knows no calls.
    func changes(_ outcome: Participant, in world: EffectWorld) -> [LedgerChange] { [] }

    /// Nothing takes it back.
    func inverse(of outcome: Participant) -> Inverse { .none(because: "a call that is over stays over") }
}
