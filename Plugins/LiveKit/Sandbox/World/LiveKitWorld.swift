import SwitchboardCore
import SwitchboardSandbox

/// All that is true at this LiveKit project, with the changes that still have to be written down.
///
/// A method checks everything before it changes anything, so what it throws is thrown over an unchanged world.
struct LiveKitWorld: Sendable {
    let inventory: Inventory
    var numbers: [String: PurchasedNumber] = [:]
    var history: [HistoryEntry] = []
    var rules = RuleBook()
    private(set) var inbound = TrunkBook()
    private(set) var outbound = MessageBook(id: "sip_trunk_id")
    private(set) var participants: [SIPParticipant] = []
    var requests = RequestMemory()
    private(set) var pending: [DocumentStore.Write] = []
    /// Ids of the numbers that are owned, by number.
    private(set) var owned: [String: String] = [:]
    /// All numbers, released ones too, by number and then by id.
    private(set) var order: [NumberKey] = []
    private var sold: [String: Int] = [:]
    /// When released numbers are for sale again that are not yet.
    private var away: [String: SandboxTime] = [:]

    init(inventory: Inventory) { self.inventory = inventory }

    /// Loads what was written down.
    init(inventory: Inventory, documents: DocumentStore.Scope) throws {
        self.inventory = inventory
        for (id, json) in try documents.all("number") { store(try PurchasedNumber(id: id, json: json)) }
        history = try documents.all("history").map { try HistoryEntry(json: $0.value) }
        for (_, json) in try documents.all("rule") {
            rules.put(try ProtoReader.read(json, as: DispatchRuleSchemas.info))
        }
        for direction in TrunkDirection.allCases {
            for (_, json) in try documents.all(direction.documentKind) {
                store(try ProtoReader.read(json, as: direction.schema), direction)
            }
        }
        participants = try documents.all("participant").map { try SIPParticipant(json: $0.value) }
        for (key, json) in try documents.all("request") { requests.load(key: key, json: json) }
        pending = []
    }

    /// Takes the changes that have to be written down.
    mutating func takePending() -> [DocumentStore.Write] {
        defer { pending = [] }
        return pending
    }

    mutating func write(_ write: DocumentStore.Write) { pending.append(write) }

    /// Adds or replaces a number.
    mutating func store(_ number: PurchasedNumber) {
        if let earlier = numbers.updateValue(number, forKey: number.id) {
            if earlier.releasedAt == nil { count(earlier.e164, -1) }
        } else {
            let key = NumberKey(e164: number.e164, id: number.id)
            order.insert(key, at: place(of: key))
        }
        if number.releasedAt == nil {
            owned[number.e164] = number.id
            if away.removeValue(forKey: number.e164) == nil { count(number.e164, 1) }
        } else if owned[number.e164] == number.id {
            owned[number.e164] = nil
        }
        if let back = number.backAt, away.updateValue(back, forKey: number.e164) == nil { count(number.e164, 1) }
        write(.put(kind: "number", id: number.id, number.json))
    }

    /// The number that is owned under the id.
    func ownedNumber(id: String) -> PurchasedNumber? { numbers[id].flatMap { $0.releasedAt == nil ? $0 : nil } }

    /// Puts the released numbers up for sale whose time has come.
    mutating func takeBack(at now: SandboxTime) {
        for (e164, back) in away where back <= now {
            away[e164] = nil
            count(e164, -1)
        }
    }

    /// Whether the number is owned, or was and is not for sale again.
    func isSold(_ e164: String) -> Bool { owned[e164] != nil || away[e164] != nil }

    /// How many numbers of the area's inventory are not for sale.
    func soldIn(_ areaCode: String) -> Int { sold[areaCode] ?? 0 }

    /// Writes a line of history.
    mutating func note(_ event: HistoryEntry.Event, _ number: PurchasedNumber, _ call: LiveKitCall) {
        let entry = HistoryEntry(
            event: event, time: call.time, e164: number.e164, id: number.id, requestID: call.requestID)
        let place = String(1_000_000_000 + history.count)
        history.append(entry)
        write(.put(kind: "history", id: place, entry.json))
    }

    /// Adds or replaces a rule.
    mutating func store(_ rule: ProtoMessage) {
        rules.put(rule)
        write(.put(kind: "rule", id: rule.string("sip_dispatch_rule_id"), rule.json))
    }

    /// Removes a rule; its numbers are left without one.
    mutating func removeRule(_ id: String) {
        rules.remove(id)
        write(.remove(kind: "rule", id: id))
    }

    /// Adds or replaces a trunk.
    mutating func store(_ trunk: ProtoMessage, _ direction: TrunkDirection) {
        switch direction {
        case .inbound: inbound.put(trunk)
        case .outbound: outbound.put(trunk)
        }
        write(.put(kind: direction.documentKind, id: trunk.string("sip_trunk_id"), trunk.json))
    }

    /// Removes a trunk, whichever way it goes.
    mutating func removeTrunk(_ id: String) {
        inbound.remove(id)
        outbound.remove(id)
        for direction in TrunkDirection.allCases { write(.remove(kind: direction.documentKind, id: id)) }
    }

    /// Adds a participant, or replaces the one of the same id.
    mutating func store(_ participant: SIPParticipant) {
        let place = participants.lastIndex { $0.id == participant.id } ?? participants.endIndex
        participants.replaceSubrange(place..<min(place + 1, participants.endIndex), with: [participant])
        write(.put(kind: "participant", id: String(1_000_000_000 + place), participant.json))
    }

    private mutating func count(_ e164: String, _ change: Int) {
        guard inventory.contains(e164), let area = inventory.area(of: e164) else { return }
        sold[area.areaCode, default: 0] += change
    }

    private func place(of key: NumberKey) -> Int {
        var low = 0
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if order[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// The order in which numbers are listed.
struct NumberKey: Hashable, Comparable, Sendable {
    let e164: String
    let id: String

    static func < (left: NumberKey, right: NumberKey) -> Bool { (left.e164, left.id) < (right.e164, right.id) }
}

/// What a method is told about the call beside its message.
struct LiveKitCall: Sendable {
    let time: SandboxTime
    let requestID: String?
    let fault: Fault?
}
