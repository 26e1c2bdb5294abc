import SwitchboardCore
import SwitchboardHTTP

/// The calls of the core API that deal in conferences (contract section 6.1).
struct ConferenceCalls: Sendable {
    let client: TwilioClient

    /// The conference of a `CF…` id; nil where there is none or it is over.
    func conference(sid: String) async throws -> Conference? {
        let found = try await client.find(.get("FetchConference", Self.place(sid))) { json in
            Conference(json).map { (conference: $0, isUnderWay: Conference.isUnderWay(json)) }
        }
        return found.flatMap { $0.isUnderWay ? $0.conference : nil }
    }

    /// The conferences under way of a name, which Twilio's regions may have one each.
    func conferences(named name: String) async throws -> [Conference] {
        let call = TwilioCall.get("ListConference", .account("/Conferences.json"), [("FriendlyName", name)])
        return try await client.rows(call, "conferences") { json in
            Conference.isUnderWay(json) && json.words("friendly_name") == name ? Conference(json) : nil
        }
    }

    /// The participant of a label or a `CA…` id; nil for one who is not in the conference, or not any more.
    func participant(_ id: String, ofConference sid: String) async throws -> Participant? {
        let found = try await client.find(.get("FetchParticipant", Self.place(sid, id)), Participant.init)
        return found.flatMap { $0.isOver ? nil : $0 }
    }

    /// Calls somebody into the conference, once under one label.
    func add(_ call: ConferenceCall, toConference sid: String) async throws -> Participant {
        var post = TwilioCall.post(
            "CreateParticipant", .account("/Conferences/\(PercentEncoding.encode(sid))/Participants.json"), call.form
        ) { try await participant(call.label, ofConference: sid) != nil }
        post.secrets = [call.password].compactMap(\.self)
        return try await client.send(post, Participant.init)
    }

    /// Ends the call of a participant, where it is not over.
    func remove(_ id: String, fromConference sid: String) async throws {
        _ = try await client.delete(.delete("DeleteParticipant", Self.place(sid, id)))
    }

    private static func place(_ sid: String) -> TwilioCall.Place {
        .account("/Conferences/\(PercentEncoding.encode(sid)).json")
    }

    private static func place(_ sid: String, _ id: String) -> TwilioCall.Place {
        .account("/Conferences/\(PercentEncoding.encode(sid))/Participants/\(PercentEncoding.encode(id)).json")
    }
}
