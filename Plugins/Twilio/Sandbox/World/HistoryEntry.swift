import SwitchboardCore
import SwitchboardSandbox

/// One purchase or release, kept for ever.
struct HistoryEntry: Hashable, Sendable {
    enum Event: String, Sendable {
        case purchase
        case release
    }

    let event: Event
    let time: SandboxTime
    let e164: String
    let sid: String
    let account: String

    init(event: Event, time: SandboxTime, e164: String, sid: String, account: String) {
        self.event = event
        self.time = time
        self.e164 = e164
        self.sid = sid
        self.account = account
    }

    init(json: JSON) throws(SeedRefusal) {
        guard let event = json["event"]?.text.flatMap(Event.init), let time = json["us"]?.integer,
            let e164 = json["e164"]?.text, let sid = json["sid"]?.text, let account = json["account"]?.text
        else { throw SeedRefusal("the history in the state is damaged") }
        self.init(
            event: event, time: SandboxTime(microseconds: Int64(time)), e164: e164, sid: sid, account: account)
    }

    var json: JSON {
        [
            "event": .string(event.rawValue), "us": .integer(time.microseconds), "e164": .string(e164),
            "sid": .string(sid), "account": .string(account),
        ]
    }

    /// The entry as the state shows it.
    var truth: JSON {
        [
            "event": .string(event.rawValue), "time": .string(time.text), "e164": .string(e164), "sid": .string(sid),
            "account_sid": .string(account),
        ]
    }
}
