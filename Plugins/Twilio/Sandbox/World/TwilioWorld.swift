import SwitchboardCore
import SwitchboardSandbox

/// All that is true at Twilio, with the changes that still have to be written down.
///
/// An operation checks everything before it changes anything, so what it throws is thrown over an unchanged world.
struct TwilioWorld: Sendable {
    let inventory: Inventory
    private(set) var accounts: [String: TwilioAccount] = [:]
    private(set) var history: [HistoryEntry] = []
    private var resources: [Kind: [String: Resource]] = [:]
    private var shelves: [Kind: [String: Shelf]] = [:]
    /// Sids of the numbers that are owned, by number.
    private var owned: [String: String] = [:]
    /// Until when the domains of deleted trunks are not to be had.
    private var retired: [String: SandboxTime] = [:]
    private var last = 0
    private var pending: [DocumentStore.Write] = []

    init(inventory: Inventory) {
        self.inventory = inventory
        for account in TwilioAccount.first { accounts[account.sid] = account }
    }

    /// Loads what was written down.
    init(inventory: Inventory, documents: DocumentStore.Scope) throws {
        self.init(inventory: inventory)
        for (sid, json) in try documents.all("account") {
            var account = accounts[sid] ?? TwilioAccount(sid: sid, name: sid, token: "")
            try account.take(json)
            accounts[sid] = account
        }
        for kind in Kind.allCases {
            for (_, json) in try documents.all(kind.rawValue) { put(try Resource(kind, json: json)) }
        }
        history = try documents.all("history").map { try HistoryEntry(json: $0.value) }
        for (domain, json) in try documents.all("domain") {
            retired[domain] = json.integer.map { SandboxTime(microseconds: Int64($0)) }
        }
        pending = []
    }

    /// Takes the changes that have to be written down.
    mutating func takePending() -> [DocumentStore.Write] {
        defer { pending = [] }
        return pending
    }

    // MARK: Accounts

    /// The account that these credentials are good for: its sid and token, or an API key and its secret.
    func account(_ user: String, password: String) -> TwilioAccount? {
        if let account = accounts[user] { return account.token == password ? account : nil }
        return accounts.values.first { $0.keys[user] == password }
    }

    mutating func put(_ account: TwilioAccount) {
        accounts[account.sid] = account
        pending.append(.put(kind: "account", id: account.sid, account.json))
    }

    // MARK: Things

    subscript(kind: Kind, key: String) -> Resource? { resources[kind]?[key] }

    /// The things of a kind that an account, a trunk, a list or a conference has, oldest first.
    func all(_ kind: Kind, of owner: String) -> [Resource] {
        (shelves[kind]?[owner]?.keys ?? []).compactMap { resources[kind]?[$0] }
    }

    /// Adds a thing that has not been there, and returns it with its place.
    mutating func add(_ resource: Resource) -> Resource {
        var resource = resource
        resource.order = last + 1
        put(resource)
        return resource
    }

    /// Puts a thing in the place of the one with its key.
    mutating func put(_ resource: Resource) {
        last = max(last, resource.order)
        resources[resource.kind, default: [:]][resource.key] = resource
        shelves[resource.kind, default: [:]][resource.parent, default: Shelf()].insert(resource)
        if resource.kind == .number { owned[resource.text("phone_number")] = resource.sid }
        pending.append(.put(kind: resource.kind.rawValue, id: resource.key, resource.json))
    }

    mutating func remove(_ resource: Resource) {
        resources[resource.kind]?[resource.key] = nil
        shelves[resource.kind]?[resource.parent]?.remove(resource)
        if shelves[resource.kind]?[resource.parent]?.isEmpty == true { shelves[resource.kind]?[resource.parent] = nil }
        if resource.kind == .number { owned[resource.text("phone_number")] = nil }
        pending.append(.remove(kind: resource.kind.rawValue, id: resource.key))
    }

    // MARK: Numbers

    /// The number, whichever account has it.
    func number(_ e164: String) -> Resource? { owned[e164].flatMap { self[.number, $0] } }

    /// The account that has the number.
    func owner(of e164: String) -> String? { number(e164)?.account }

    /// The numbers of a trunk, oldest first.
    func numbers(of trunk: Resource) -> [Resource] {
        all(.number, of: trunk.account).filter { $0.text("trunk_sid") == trunk.sid }
    }

    /// Writes a line of history.
    mutating func note(_ event: HistoryEntry.Event, _ number: Resource, at time: SandboxTime) {
        let entry = HistoryEntry(
            event: event, time: time, e164: number.text("phone_number"), sid: number.sid, account: number.account)
        pending.append(.put(kind: "history", id: String(1_000_000_000 + history.count), entry.json))
        history.append(entry)
    }

    // MARK: Domains

    /// The account whose trunk has the domain; empty where a deleted trunk had it not long ago.
    func holder(ofDomain domain: String, at time: SandboxTime) -> String? {
        let trunk = resources[.trunk]?.values.first { $0.text("domain_name") == domain }
        if let trunk { return trunk.account }
        return retired[domain].map { $0 > time } == true ? "" : nil
    }

    /// Keeps a domain from being used again.
    mutating func retire(_ domain: String, until time: SandboxTime) {
        retired[domain] = time
        pending.append(.put(kind: "domain", id: domain, .integer(time.microseconds)))
    }
}
