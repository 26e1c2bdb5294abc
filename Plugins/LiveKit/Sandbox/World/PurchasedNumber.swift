import SwitchboardCore
import SwitchboardSandbox

/// A number that is or was owned.
struct PurchasedNumber: Hashable, Sendable {
    let id: String
    let e164: String
    let assignedAt: SandboxTime
    var releasedAt: SandboxTime?
    /// When it is for sale again, for one that is not at once.
    var backAt: SandboxTime?

    init(id: String, e164: String, assignedAt: SandboxTime) {
        self.id = id
        self.e164 = e164
        self.assignedAt = assignedAt
    }

    init(id: String, json: JSON) throws(SeedRefusal) {
        guard let e164 = json["e164"]?.text, let assigned = json["assigned_us"]?.integer else {
            throw SeedRefusal("number \(id) in the state is damaged")
        }
        self.init(id: id, e164: e164, assignedAt: SandboxTime(microseconds: Int64(assigned)))
        releasedAt = json["released_us"]?.integer.map { SandboxTime(microseconds: Int64($0)) }
        backAt = json["back_us"]?.integer.map { SandboxTime(microseconds: Int64($0)) }
    }

    var json: JSON {
        [
            "e164": .string(e164), "assigned_us": .integer(assignedAt.microseconds),
            "released_us": releasedAt.map { .integer($0.microseconds) } ?? .null,
            "back_us": backAt.map { .integer($0.microseconds) } ?? .null,
        ]
    }
}

/// One purchase or release, kept for ever.
struct HistoryEntry: Hashable, Sendable {
    enum Event: String, Sendable {
        case purchase
        case release
    }

    let event: Event
    let time: SandboxTime
    let e164: String
    let id: String
    let requestID: String?

    init(event: Event, time: SandboxTime, e164: String, id: String, requestID: String?) {
        self.event = event
        self.time = time
        self.e164 = e164
        self.id = id
        self.requestID = requestID
    }

    init(json: JSON) throws(SeedRefusal) {
        guard let event = json["event"]?.text.flatMap(Event.init), let time = json["us"]?.integer,
            let e164 = json["e164"]?.text, let id = json["id"]?.text
        else { throw SeedRefusal("the history in the state is damaged") }
        self.init(
            event: event, time: SandboxTime(microseconds: Int64(time)), e164: e164, id: id,
            requestID: json["request_id"]?.text)
    }

    var json: JSON {
        [
            "event": .string(event.rawValue), "us": .integer(time.microseconds), "e164": .string(e164),
            "id": .string(id), "request_id": .optional(requestID),
        ]
    }
}
