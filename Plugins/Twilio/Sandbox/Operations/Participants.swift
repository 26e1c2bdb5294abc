import SwitchboardCore
import SwitchboardSandbox

extension TwilioOperation {
    private static var route: Route { Kind.participant.type.route }

    /// The people in a conference; nobody is really called (contract section 6.1).
    static let participants = [
        TwilioOperation("ListParticipant", "GET", route.list, faults: [.endless]) { world, call throws(TwilioError) in
            guard let conference = world.conference(call) else { throw call.notFound }
            let type = Kind.participant.type
            let all = conference.text("status") == "completed" ? [] : world.all(.participant, of: conference.sid)
            return .ok(
                try world.page(type.filtered(all, call), type.listKey, isTrunking: false, call) {
                    told($0, world, call)
                })
        },
        TwilioOperation("CreateParticipant", "POST", route.list) { world, call throws(TwilioError) in
            let known = world.conference(call)
            if known == nil, TwilioSid.isOne(call.parent, "CF") { throw call.notFound }
            if known?.text("status") == "completed", known?.sid == call.parent { throw call.notFound }
            try ParticipantChecks.check(call, world)
            let conference = known ?? world.newConference(call)
            var person = Resource(.participant, account: call.account.sid, parent: conference.sid, at: call.time)
            try Kind.participant.type.apply(call.parameters, to: &person, isNew: true)
            if known == nil { _ = world.add(conference) }
            person = world.add(person)
            var shown = person
            shown["status"] = "queued"
            return .created(world.json(shown, call))
        },
        TwilioOperation("FetchParticipant", "GET", route) { world, call throws(TwilioError) in
            .ok(told(try person(world, call).0, world, call))
        },
        TwilioOperation("UpdateParticipant", "POST", route) { world, call throws(TwilioError) in
            var person = try person(world, call).0
            try Kind.participant.type.apply(call.parameters, to: &person, isNew: false)
            person.updated = call.time
            world.put(person)
            return .ok(told(person, world, call))
        },
        TwilioOperation("DeleteParticipant", "DELETE", route) { world, call throws(TwilioError) in
            let (person, conference) = try person(world, call)
            world.remove(person)
            if person.isSet("end_conference_on_exit") || world.all(.participant, of: conference.sid).isEmpty {
                world.end(conference, by: person, at: call.time)
            }
            return .gone
        },
    ]

    /// The participant without what only the answer to the call tells.
    private static func told(_ person: Resource, _ world: TwilioWorld, _ call: TwilioCall) -> JSON {
        let fields = Kind.participant.type.fields.filter { $0.name != "queue_time" }
        return world.json(person, fields, isTrunking: false, call.base)
    }

    /// The participant that the path names by sid or label, with the conference.
    private static func person(
        _ world: TwilioWorld, _ call: TwilioCall
    ) throws(TwilioError) -> (Resource, Resource) {
        guard let conference = world.conference(call), conference.text("status") != "completed",
            let person = world.all(.participant, of: conference.sid).first(where: {
                $0.sid == call.sid || $0.text("label") == call.sid
            })
        else { throw call.notFound }
        return (person, conference)
    }
}

/// What Twilio looks at before it calls somebody into a conference.
enum ParticipantChecks {
    static func check(_ call: TwilioCall, _ world: TwilioWorld) throws(TwilioError) {
        let (from, to) = (call.parameters["From"] ?? "", call.parameters["To"] ?? "")
        if to.isEmpty { throw TwilioError(21201, "No 'To' number is specified.") }
        if from.isEmpty { throw TwilioError(21213, "No 'From' number is specified.") }
        if to.hasPrefix("sip:") {
            guard to.wholeMatch(of: /sip:[^\s@]+@[A-Za-z0-9\[][^\s@]*/) != nil else { throw badTarget(to) }
        } else if !to.hasPrefix("client:"), !to.hasPrefix("app:") {
            guard E164(to) != nil else { throw badTarget(to) }
            try checkCaller(from, call, world)
        }
        let hasPassword = !(call.parameters["SipAuthPassword"] ?? "").isEmpty
        if let user = call.parameters["SipAuthUsername"], !user.isEmpty, !hasPassword {
            throw TwilioError(21222, "SipAuthUsername needs SipAuthPassword.")
        }
    }

    private static func badTarget(_ to: String) -> TwilioError {
        TwilioError(21211, "The 'To' number \(to) is not valid.")
    }

    private static func checkCaller(_ from: String, _ call: TwilioCall, _ world: TwilioWorld) throws(TwilioError) {
        guard E164(from) != nil else { throw TwilioError(21212, "The 'From' number \(from) is not valid.") }
        let isVerified = world.all(.callerID, of: call.account.sid).contains {
            $0.text("phone_number") == from && $0.created <= call.time
        }
        guard isVerified || world.number(from)?.account == call.account.sid else {
            throw TwilioError(21210, "The 'From' number \(from) is neither owned nor verified.")
        }
    }
}

extension TwilioWorld {
    /// The conference that the path names by sid, or by its name as long as it runs.
    fileprivate func conference(_ call: TwilioCall) -> Resource? {
        if TwilioSid.isOne(call.parent, "CF") {
            return self[.conference, call.parent].flatMap { $0.account == call.account.sid ? $0 : nil }
        }
        return all(.conference, of: call.account.sid).first {
            $0.text("friendly_name") == call.parent && $0.text("status") != "completed"
        }
    }

    fileprivate func newConference(_ call: TwilioCall) -> Resource {
        var conference = Resource(.conference, account: call.account.sid, at: call.time)
        conference["friendly_name"] = .string(call.parent)
        return conference
    }

    fileprivate mutating func end(_ conference: Resource, by person: Resource, at time: SandboxTime) {
        var ended = conference
        ended["status"] = "completed"
        ended["reason_conference_ended"] = .string(
            person.isSet("end_conference_on_exit")
                ? "participant-with-end-conference-on-exit-left" : "last-participant-left")
        ended["call_sid_ending_conference"] = .string(person.sid)
        ended.updated = time
        put(ended)
    }
}
