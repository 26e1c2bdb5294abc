import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import TwilioProvider

/// Brings whoever answers a number into a Twilio conference.
public enum TwilioBridge: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "twilio bridge", summary: "call a number at the platform into a Twilio conference, so that its agent joins",
        parameters: [
            Parameter(
                "conference", .positional, .string, isRequired: true,
                help: "a conference under way: its CF id, which a status callback tells, or its name")
        ] + SIPTarget.parameters + [
            Parameter("from", .flag, .phone, isRequired: true, help: "the caller that Twilio tells the platform")
        ],
        output: .type(.record(RecordTypes.participant)), effect: .spends,
        inverse: "hanging up, where a transaction fails; the call's time stays billed",
        examples: [
            .init(
                "twilio bridge standup +15105550100 --from +13105550100", "the agent of that number joins",
                setUp: """
                    sandbox seed --provider twilio --file ./standup.json
                    trunk create --name twilio-voice --numbers +15105550100 | dispatch create --individual call-
                    """)
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [BridgeEffect.self, HangUpEffect.self]

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Calls, unless the number is in the conference already; a call that would reach nobody is not placed.
    public static func run(_ call: CommandCall) throws -> Value {
        let (run, reference) = (call.run, try call.required("conference"))
        guard case .phone(let caller)? = call["from"] else {
            throw SwitchboardError(.invalidArgument, "'from' is needed and is nothing")
        }
        let twilio = try run.providers.twilio()
        guard let conference = try run.ask({ try await twilio.conference(reference) }) else {
            throw SwitchboardError(
                .notFound, "no conference '\(reference)' is under way at twilio",
                help: "it begins with its first participant; Twilio's console lists those under way")
        }
        let target = try SIPTarget(call)
        let explanation = target.explanation(of: caller.text)
        guard explanation.outcome == .answered else {
            throw SwitchboardError(
                .conflict, "the call would reach nobody: \(explanation.reason)", help: "nobody was called")
        }
        let effect = BridgeEffect(conference, target, from: caller)
        let there = try run.ask { try await twilio.participant(effect.label, ofConference: conference.sid) }
        if let there {
            try run.unchanged("\(target.number) is in the conference '\(conference.name)' already")
            return Value(there, conference)
        }
        return Value(try run.carryOut(effect).participant, conference)
    }
}

extension ProviderSet {
    /// Twilio.
    func twilio() throws -> TwilioProvider {
        guard let twilio = try provider("twilio", as: TwilioProvider.self) else {
            throw SwitchboardError(.unsupported, "the provider 'twilio' is not Twilio's plugin")
        }
        return twilio
    }
}

extension RecordTypes {
    /// The text `participant`.
    static let participant = RecordType(
        name: "participant", summary: "a call that Twilio has placed into a conference",
        fields: [
            .init("conference_sid", .string, "the conference's id at Twilio"),
            .init("conference", .string, "the conference's name"),
            .init("call_sid", .string, "the call's id at Twilio"),
            .init("label", .string, "what Twilio's API knows the participant by, beside the call's id"),
            .init("status", .string, "how the call stands: queued, ringing, connected and so on"),
        ])
}

extension Value {
    /// The record `participant`.
    fileprivate init(_ participant: Participant, _ conference: Conference) {
        let fields = [
            ("conference_sid", conference.sid), ("conference", conference.name), ("call_sid", participant.callSID),
            ("label", participant.label), ("status", participant.status),
        ]
        self = .record(Record("participant", fields.map { .init($0, .string($1)) }))
    }
}
