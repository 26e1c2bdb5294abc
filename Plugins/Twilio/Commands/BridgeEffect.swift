import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore
import TwilioProvider

/// Calling exactly one number into a conference, once.
struct BridgeEffect: Effect {
    /// The kind.
    static let kind = "twilio-bridge"

    /// What it leads to.
    struct Outcome: Codable, Sendable {
        /// Who is in the conference.
        var participant: Participant
        /// Whether somebody else had called the number meanwhile.
        var wasThere = false
    }

    let conference: Conference
    let number: E164
    let caller: E164
    let uri: String
    let username: String?
    let password: SecretReference?

    init(_ conference: Conference, _ target: SIPTarget, from caller: E164) {
        (self.conference, self.caller) = (conference, caller)
        (number, uri, username) = (target.number, target.uri, target.username)
        password = target.password.map(SecretReference.init)
    }

    /// What the participant is known by before anybody knows its call's id: Twilio has one of a label in a conference.
    var label: String { "switchboard-\(number.text.dropFirst())" }

    /// The text `bridge CF… +15105550100`.
    var subject: String { "bridge \(conference.sid) \(number)" }

    /// None.
    var slots: Intent.Slots { Intent.Slots() }

    /// What it does.
    var summary: String { "call \(number) into the conference '\(conference.name)' at twilio" }

    /// Calls, unless another process was quicker since anybody looked.
    func perform(in world: EffectWorld) async throws -> Outcome {
        let twilio = try world.providers.twilio()
        if let there = try await twilio.participant(label, ofConference: conference.sid) {
            return Outcome(participant: there, wasThere: !world.isRepeated)
        }
        let call = ConferenceCall(
            label: label, from: caller, uri: uri, username: username ?? "", password: try password.map(world.secret))
        return Outcome(participant: try await twilio.add(call, toConference: conference.sid))
    }

    /// A call whose id Twilio gives.
    func foresee(in world: EffectWorld) async throws -> Outcome {
        Outcome(
            participant: Participant(
                callSID: try world.newID(), conferenceSID: conference.sid, label: label, status: "queued"))
    }

    /// Asks whether the number is in the conference: it was not when the intent was written.
    func reconcile(in world: EffectWorld) async throws -> Settlement<Outcome> {
        let there = try await world.providers.twilio().participant(label, ofConference: conference.sid)
        return there.map { .done(Outcome(participant: $0)) } ?? .notDone
    }

    /// Nothing: the ledger knows no calls.
    func changes(_ outcome: Outcome, in world: EffectWorld) -> [LedgerChange] { [] }

    /// Hanging up, unless the call is somebody else's.
    func inverse(of outcome: Outcome) -> Inverse {
        outcome.wasThere
            ? .unneeded
            : .effect(HangUpEffect(conference: conference, participant: outcome.participant, number: number))
    }
}
