import SwitchboardCore
import SwitchboardSandbox

extension ResourceType {
    /// A conference; one begins with its first participant (contract section 6.1).
    static let conference = ResourceType(
        kind: .conference, noun: "Conference", prefix: "CF", listKey: "conferences",
        route: Route(TwilioOperation.account + "/Conferences/{sid}.json"),
        fields: [
            .sid, .account, Field("friendly_name"),
            Field("status", by: "Status", .choice(["completed"]), initially: "in-progress"),
            Field("region", initially: "us1"), Field("api_version", initially: "2010-04-01"), .created, .updated,
            Field("reason_conference_ended"), Field("call_sid_ending_conference"),
            Field("subresource_uris", .links(["participants": "Participants", "recordings": "Recordings"])), .uri,
        ],
        verbs: [.list, .fetch, .update],
        filters: [
            Filter(parameter: "Status") { $0.text("status") == $1 },
            Filter(parameter: "FriendlyName") { $0.text("friendly_name") == $1 },
        ] + days("DateCreated") { $0.created.iso8601 } + days("DateUpdated") { $0.updated.iso8601 },
        rule: { _, own, earlier, _ throws(TwilioError) in
            guard own.text("status") == "completed", earlier?.text("status") != "completed" else { return }
            own["reason_conference_ended"] = "conference-ended-via-api"
        })

    /// The filters of a moment by its day: on, up to and from the day.
    private static func days(
        _ parameter: String, _ moment: @escaping @Sendable (Resource) -> String
    ) -> [Filter] {
        let tests: [(String, @Sendable (Substring, Substring) -> Bool)] = [
            ("", { $0 == $1 }), ("<", { $0 <= $1 }), (">", { $0 >= $1 }),
        ]
        return tests.map { sign, test in
            Filter(parameter: parameter + sign) { test(moment($0).prefix(10), $1.prefix(10)) }
        }
    }

    /// Somebody who was called into a conference.
    static let participant = ResourceType(
        kind: .participant, noun: "Participant", prefix: "CA", listKey: "participants",
        route: Route(TwilioOperation.account + "/Conferences/{parent}/Participants/{sid}.json"),
        fields: [
            .account, Field("call_sid", .sid), Field("conference_sid", .parent),
            .set("Label", .text(0...128, else: 20001)),
            Field("status", initially: "connected"), .set("Muted", .bool(), initially: false),
            .set("Hold", .bool(), initially: false), .set("Coaching", .bool(), initially: false),
            .set("CallSidToCoach", .sid("CA")),
            .set("StartConferenceOnEnter", .bool(), initially: true),
            .set("EndConferenceOnExit", .bool(), initially: false), Field("queue_time", initially: "0"), .created,
            .updated,
            .uri,
        ] + unprinted,
        verbs: [],
        filters: ["muted": "Muted", "hold": "Hold", "coaching": "Coaching"].map { field, parameter in
            Filter(parameter: parameter) { $0.isSet(field) == ($1.lowercased() == "true") }
        })

    /// What is kept of a call beyond what Twilio tells of it.
    private static let unprinted: [Field] = [
        secret("From", .text(1...255, else: 21213)), secret("To", .text(1...255, else: 21201)),
        secret("CallerId", .text(0...255, else: 20001)), secret("SipAuthUsername", .text(0...255, else: 21221)),
        secret("SipAuthPassword", .text(0...255, else: 21223)), secret("Timeout", .integer(5...600, else: 20001)),
        secret("MaxParticipants", .integer(2...250, else: 20001)), secret("EarlyMedia", .bool()),
        secret("Beep", .choice(["true", "false", "onEnter", "onExit"])),
        secret("JitterBufferSize", .choice(["off", "small", "medium", "large"])),
    ]

    private static func secret(_ parameter: String, _ reading: Reading) -> Field {
        Field(Field.set(parameter, reading).name, .secret, by: parameter, reading)
    }
}
