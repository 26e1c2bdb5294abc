public import SwitchboardCore

/// A conference call that is under way at Twilio.
public struct Conference: Hashable, Sendable, Codable {
    /// The `CF…` id, which no other conference ever gets.
    public var sid: String
    /// The name; a later conference may have it again.
    public var name: String

    /// Reads a conference; nil where the id is missing.
    init?(_ json: JSON) {
        guard let sid = json.words("sid") else { return nil }
        self.sid = sid
        name = json.words("friendly_name") ?? sid
    }

    /// Whether Twilio writes of one that can be joined.
    static func isUnderWay(_ json: JSON) -> Bool { json.words("status") != "completed" }
}

/// Somebody whom Twilio has called into a conference.
public struct Participant: Hashable, Sendable, Codable {
    /// The `CA…` id of the call.
    public var callSID: String
    /// The conference's id.
    public var conferenceSID: String
    /// The label that it was called under; empty for none.
    public var label: String
    /// How the call stands: `queued`, `connecting`, `ringing`, `connected`, `complete` or `failed`.
    public var status: String

    /// Makes a participant.
    public init(callSID: String, conferenceSID: String, label: String, status: String) {
        (self.callSID, self.conferenceSID, self.label, self.status) = (callSID, conferenceSID, label, status)
    }

    /// Reads a participant; nil where an id is missing.
    init?(_ json: JSON) {
        guard let call = json.words("call_sid"), let conference = json.words("conference_sid") else { return nil }
        (callSID, conferenceSID) = (call, conference)
        label = json.words("label") ?? ""
        status = json.words("status") ?? ""
    }

    /// Whether the call is over.
    public var isOver: Bool { ["complete", "failed"].contains(status) }
}

/// A SIP call that brings somebody into a conference.
public struct ConferenceCall: Sendable {
    /// The label, which a conference has once; the call is known by it before anybody knows its id.
    public var label: String
    /// The caller that the called side sees.
    public var from: E164
    /// The SIP URI that is called.
    public var uri: String
    /// The user name for its authentication; empty for none.
    public var username: String
    /// The password that goes with it.
    public var password: Secret?

    /// Makes a call.
    public init(label: String, from: E164, uri: String, username: String = "", password: Secret? = nil) {
        self.label = label
        self.from = from
        self.uri = uri
        self.username = username
        self.password = password
    }

    /// The form that Twilio takes (contract section 6.1).
    var form: [(String, String)] {
        let credentials = password.map { [("SipAuthUsername", username), ("SipAuthPassword", $0.reveal())] } ?? []
        return [("From", from.text), ("To", uri), ("Label", label)] + credentials
    }
}
