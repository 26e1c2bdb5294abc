import FoundationEssentials
import SwitchboardCore
import SwitchboardTestKit
import Synchronization

@testable import LiveKitProvider

/// LiveKit's rules in memory, as its contract describes them, with the faults that a test wants.
final class RulesWorld: Sendable {
    struct Faults {
        /// UpdatePhoneNumber answers as recorded in the wild.
        var refusesMoves = false
        /// Rules take no id that is not a number's.
        var refusesParking = false
        /// Writes of this method are answered and not carried out.
        var forgets: String?
        /// Writes of this method are carried out and their answer is lost.
        var loses: String?
        /// New rules come out without trunk ids.
        var dropsTrunkIDs = false
    }

    private struct State {
        var rules: [String: JSON] = [:]
        var made = 0
        var faults = Faults()
        var catchAllsMade: [String] = []
        var writes: [String] = []
        var requestIDs: [String] = []
    }

    private let state = Mutex(State())

    var rules: [DispatchRule] {
        state.withLock { state in
            state.rules.values.compactMap { try? RoutingDocument(reading: $0, as: .dispatchRule, strangers: .kept) }
                .map(DispatchRule.init).sorted { $0.id < $1.id }
        }
    }
    /// The writes so far: the method and, for rule updates, the action.
    var writes: [String] { state.withLock(\.writes) }
    var requestIDs: [String] { state.withLock(\.requestIDs) }
    /// Requests that made a rule catch every call.
    var catchAllsMade: [String] { state.withLock(\.catchAllsMade) }
    /// A network that ends in this world; answers take a moment, so that calls at once come between each other.
    var transport: ScriptedTransport {
        ScriptedTransport { [self] request in
            await Task.yield()
            return try answer(request)
        }
    }

    func set(_ change: (inout Faults) -> Void) { state.withLock { change(&$0.faults) } }
    func forgetWrites() {
        state.withLock {
            $0.writes = []; $0.requestIDs = []
        }
    }

    /// Adds a rule as somebody else would.
    func add(_ id: String, _ text: String) throws {
        let rule = try json(text).setting("sip_dispatch_rule_id", to: .string(id))
        state.withLock { $0.rules[id] = rule }
    }

    func remove(_ id: String) { state.withLock { $0.rules[id] = nil } }

    private func answer(_ request: HTTPRequest) throws -> HTTPAnswer {
        guard let body = try? json(request.body) else { return Self.refused(400, "malformed") }
        return try state.withLock { state in
            if request.operation == "ListSIPDispatchRule" { return Self.list(state, body) }
            state.requestIDs.append(request.header("X-Livekit-Request-Id") ?? "none")
            let action = body.field("update") != nil ? " update" : body.field("replace") != nil ? " replace" : ""
            state.writes.append(request.operation + action)
            let before = state.rules
            let answer = Self.write(request.operation, body, &state)
            if state.faults.forgets == request.operation { state.rules = before }
            for (id, rule) in state.rules where rule.texts("trunk_ids").isEmpty {
                if before[id]?.texts("trunk_ids").isEmpty != true {
                    state.catchAllsMade.append("\(request.operation) \(id)")
                }
            }
            if state.faults.loses == request.operation {
                throw TransportFailure(.maybeSent, timedOut: true, "no answer in time")
            }
            return answer
        }
    }

    private static func list(_ state: State, _ body: JSON) -> HTTPAnswer {
        let after = body.field("page")?.text("after_id") ?? ""
        let items = state.rules.filter { $0.key > after }.sorted { $0.key < $1.key }.map(\.value)
        return good(["items": .array(items)])
    }

    private static func write(_ method: String, _ body: JSON, _ state: inout State) -> HTTPAnswer {
        switch method {
        case "CreateSIPDispatchRule":
            guard var rule = body["dispatch_rule"] else { return refused(400, "invalid_argument") }
            state.made += 1
            let id = "SDR_made\(state.made)"
            rule = rule.setting("sip_dispatch_rule_id", to: .string(id))
            if state.faults.dropsTrunkIDs { rule = rule.setting("trunk_ids", to: []) }
            return store(rule, id, &state)
        case "UpdateSIPDispatchRule":
            guard let id = body["sip_dispatch_rule_id"]?.text, let rule = state.rules[id] else {
                return refused(404, "not_found")
            }
            if let whole = body.field("replace") { return store(whole, id, &state) }
            let change = body.field("update")?.field("trunk_ids")
            var ids = rule.texts("trunk_ids")
            for gone in change?.texts("remove") ?? [] {
                if let index = ids.firstIndex(of: gone) { ids.remove(at: index) }
            }
            let added = change?.texts("add") ?? []
            if state.faults.refusesParking, added.contains(where: { !$0.hasPrefix("PN_") }) {
                return refused(400, "invalid_argument")
            }
            for new in added where !ids.contains(new) { ids.append(new) }
            return store(rule.setting("trunk_ids", to: .strings(ids)), id, &state)
        case "DeleteSIPDispatchRule":
            let id = body["sip_dispatch_rule_id"]?.text ?? ""
            return state.rules.removeValue(forKey: id).map(good) ?? refused(404, "not_found")
        case "UpdatePhoneNumber": return move(body, &state)
        default: return refused(404, "bad_route")
        }
    }

    /// Keeps a rule unless another holds the same trunk id with the same filters.
    private static func store(_ rule: JSON, _ id: String, _ state: inout State) -> HTTPAnswer {
        func keys(_ rule: JSON) -> Set<[String]> {
            let any = [""]
            func list(_ name: String) -> [String] { rule.texts(name).isEmpty ? any : rule.texts(name) }
            return Set(
                list("trunk_ids").flatMap { trunk in
                    list("numbers").flatMap { called in list("inbound_numbers").map { [trunk, called, $0] } }
                })
        }
        for (other, held) in state.rules where other != id && !keys(held).isDisjoint(with: keys(rule)) {
            return refused(400, "invalid_argument")
        }
        state.rules[id] = rule
        return good(rule)
    }

    private static func move(_ body: JSON, _ state: inout State) -> HTTPAnswer {
        let number = body["id"]?.text ?? ""
        guard let id = body["sip_dispatch_rule_id"]?.text, let target = state.rules[id] else {
            return refused(404, "not_found")
        }
        if state.faults.refusesMoves || target.texts("trunk_ids").isEmpty {
            return refused(400, "invalid_argument")
        }
        for (other, rule) in state.rules where other != id {
            state.rules[other] = rule.setting(
                "trunk_ids", to: .strings(rule.texts("trunk_ids").filter { $0 != number }))
        }
        let ids = target.texts("trunk_ids")
        if !ids.contains(number) { state.rules[id] = target.setting("trunk_ids", to: .strings(ids + [number])) }
        return good(["phone_number": ["id": .string(number)]])
    }

    private static func good(_ body: JSON) -> HTTPAnswer {
        HTTPAnswer(status: 200, body: body.bytes())
    }

    private static func refused(_ status: Int, _ code: String) -> HTTPAnswer {
        .json(status, #"{"code":"\#(code)","msg":"twirp error unknown: refused"}"#)
    }
}
