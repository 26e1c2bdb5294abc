/// The dispatch rules of the project, with the indexes that questions about them need.
struct RuleBook: Sendable {
    private(set) var book = MessageBook(id: "sip_dispatch_rule_id")
    private var byTrunk: [String: Set<String>] = [:]
    private var open: Set<String> = []
    private var holders: [RuleKey: Set<String>] = [:]

    subscript(id: String) -> ProtoMessage? { book[id] }

    /// Adds a rule, or replaces the one of the same id.
    mutating func put(_ rule: ProtoMessage) {
        let id = rule.string("sip_dispatch_rule_id")
        unindex(id)
        book.put(rule)
        let trunks = rule.strings("trunk_ids")
        if trunks.isEmpty { open.insert(id) }
        for trunk in trunks { byTrunk[trunk, default: []].insert(id) }
        for key in RuleKey.all(of: rule) { holders[key, default: []].insert(id) }
    }

    /// Removes a rule.
    mutating func remove(_ id: String) {
        unindex(id)
        book.remove(id)
    }

    /// The ids of the rules whose `trunk_ids` name the trunk or number, ascending.
    func rules(naming trunk: String) -> [String] { (byTrunk[trunk] ?? []).sorted() }

    /// Whether some rule takes the calls to a number: one that names it, or one that names no trunk at all.
    func serve(id: String, e164: String) -> Bool {
        if byTrunk[id] != nil { return true }
        return open.contains { rule in
            let called = book[rule]?.strings("numbers") ?? []
            return called.isEmpty || called.contains(e164)
        }
    }

    /// The first other rule that decides the same calls as this one would.
    func conflict(with rule: ProtoMessage) -> ProtoMessage? {
        let own = rule.string("sip_dispatch_rule_id")
        for key in RuleKey.all(of: rule) {
            if let id = holders[key]?.filter({ $0 != own }).min() { return book[id] }
        }
        return nil
    }

    private mutating func unindex(_ id: String) {
        guard let rule = book[id] else { return }
        open.remove(id)
        for trunk in rule.strings("trunk_ids") {
            byTrunk[trunk]?.remove(id)
            if byTrunk[trunk]?.isEmpty == true { byTrunk[trunk] = nil }
        }
        for key in RuleKey.all(of: rule) {
            holders[key]?.remove(id)
            if holders[key]?.isEmpty == true { holders[key] = nil }
        }
    }
}

/// The calls that a rule decides: no two rules may have one in common (contract section 4.4).
struct RuleKey: Hashable, Sendable {
    let pin: String
    let trunk: String?
    let caller: String?
    let called: String?

    static func all(of rule: ProtoMessage) -> [RuleKey] {
        let kind = rule.message("rule")
        let members = ["dispatch_rule_direct", "dispatch_rule_individual", "dispatch_rule_callee"]
        let pin = members.lazy.compactMap { kind?.message($0) }.first?.string("pin") ?? ""
        let callers = orAny(rule.strings("inbound_numbers").map(SIPNumber.normalized))
        let called = orAny(rule.strings("numbers").map(SIPNumber.normalized))
        return orAny(rule.strings("trunk_ids")).flatMap { trunk in
            callers.flatMap { caller in
                called.map { RuleKey(pin: pin, trunk: trunk, caller: caller, called: $0) }
            }
        }
    }

    private static func orAny(_ texts: [String]) -> [String?] { texts.isEmpty ? [nil] : texts }
}
