public import SwitchboardCore
public import SwitchboardSandbox
import Synchronization

extension TwilioEmulator {
    /// Takes `accounts`, a list of objects in the form of the state: a `sid` with the settings that differ, and the lists
    /// of what the account has; the same lists beside `accounts` are those of the account to buy from.
    ///
    /// Numbers and caller ids may be plain texts. An account that is not there needs its `auth_token`. Seeded numbers
    /// count no purchase.
    public func seed(_ things: JSON) throws -> [Seeded] {
        try world.withLock { world in
            var seed = Seed(world: world, time: context.now())
            try seed.plant(things)
            let writes = seed.world.takePending()
            try context.documents.apply(writes)
            world = seed.world
            return seed.notes
        }
    }
}

/// Things on their way into a copy of the world.
private struct Seed {
    var world: TwilioWorld
    let time: SandboxTime
    var notes: [Seeded] = []

    init(world: TwilioWorld, time: SandboxTime) {
        self.world = world
        self.time = time
    }

    private static let lists = SeedList.all.map(\.name)

    mutating func plant(_ things: JSON) throws(SeedRefusal) {
        try check(things, ["accounts"] + Self.lists, "a seed")
        for account in try list(things["accounts"], "accounts") { try plantAccount(account) }
        if let members = things.members, members.contains(where: { Self.lists.contains($0.name) }) {
            try plantLists(things, SeedList.all, account: TwilioAccount.first[0].sid, parent: nil)
        }
    }

    private mutating func plantAccount(_ json: JSON) throws(SeedRefusal) {
        try check(json, TwilioAccount.members + Self.lists, "an account")
        let named = json["sid"]?.text ?? ""
        let known =
            world.accounts[named] ?? world.accounts.values.first { $0.name == json["name"]?.text && named.isEmpty }
        guard known != nil || TwilioSid.isOne(named, "AC") else {
            throw SeedRefusal("an account has a 'sid' of AC and 32 hexadecimal digits")
        }
        guard known != nil || json["auth_token"]?.text != nil else {
            throw SeedRefusal("account \(named) is new and needs its 'auth_token'")
        }
        var account = known ?? TwilioAccount(sid: named, name: named, token: "")
        try account.take(json)
        if account != known {
            world.put(account)
            notes.append(Seeded("account", id: account.sid))
        }
        try plantLists(json, SeedList.all, account: account.sid, parent: nil)
    }

    private mutating func plantLists(
        _ json: JSON, _ lists: [SeedList], account: String, parent: String?
    ) throws(SeedRefusal) {
        for list in lists {
            for thing in try self.list(json[list.name], list.name) {
                try plant(thing, list, account: account, parent: parent)
            }
        }
    }

    private mutating func plant(
        _ json: JSON, _ list: SeedList, account: String, parent: String?
    ) throws(SeedRefusal) {
        let known = bin(json, list.kind, account: account)
        var resource: Resource
        if let known { resource = known } else { resource = try bare(json, list, account: account, parent: parent) }
        guard known != nil || world[list.kind, resource.key] == nil else {
            throw SeedRefusal("sid \(resource.sid) is in use")
        }
        if json.members != nil { try fill(&resource, json, list) }
        try refuseConflict(resource)
        if known == nil { resource = world.add(resource) } else { world.put(resource) }
        notes.append(Seeded(list.kind.rawValue, id: resource.sid, e164: resource["phone_number"].text))
        try plantLists(json, list.children, account: account, parent: resource.sid)
    }

    /// The TwiML Bin of that name, which is changed where it is there already.
    private func bin(_ json: JSON, _ kind: Kind, account: String) -> Resource? {
        guard kind == .twimlBin, json["sid"] == nil, let name = json["friendly_name"]?.text else { return nil }
        return world.all(.twimlBin, of: account).first { $0.text("friendly_name") == name }
    }

    /// The thing with its sid and its number.
    private func bare(
        _ json: JSON, _ list: SeedList, account: String, parent: String?
    ) throws(SeedRefusal) -> Resource {
        let sid = json["sid"]?.text
        if let sid, !TwilioSid.isOne(sid, list.kind.type.prefix) {
            throw SeedRefusal("'\(sid)' is no sid of \(list.kind.type.prefix) and 32 hexadecimal digits")
        }
        switch list.kind {
        case .number, .callerID:
            guard let e164 = json.text ?? json["phone_number"]?.text, E164(e164) != nil else {
                throw SeedRefusal("a number is a text like +14155550150, or an object with phone_number")
            }
            return list.kind == .number
                ? world.newNumber(e164, account: account, at: time, sid: sid)
                : world.newCallerID(e164, account: account, at: time, sid: sid)
        case .trunkCredentialList, .trunkAddressList:
            let target: Kind = list.kind == .trunkCredentialList ? .credentialList : .addressList
            guard let sid = json.text, world[target, sid]?.account == account else {
                throw SeedRefusal("'\(list.name)' of a trunk are sids of lists that the account has")
            }
            return Resource(list.kind, sid: sid, account: account, parent: parent, at: time)
        default:
            guard json.members != nil else { throw SeedRefusal("'\(list.name)' are objects") }
            return Resource(list.kind, sid: sid, account: account, parent: parent, at: time)
        }
    }

    /// Sets the fields, each read as the parameter of its name is read.
    private func fill(_ resource: inout Resource, _ json: JSON, _ list: SeedList) throws(SeedRefusal) {
        let fields = list.kind.type.fields
        try check(json, ["sid"] + fields.map(\.name) + list.children.map(\.name), "a \(list.kind.rawValue)")
        let children = Set(list.children.map(\.name))
        for member in json.members ?? [] where !children.contains(member.name) && member.value != .null {
            guard let field = fields.first(where: { $0.name == member.name }), field.isKept else { continue }
            resource.values[field.name] = try value(member, field)
        }
    }

    private func value(_ member: JSON.Member, _ field: Field) throws(SeedRefusal) -> JSON? {
        let text: String
        switch member.value {
        case .string(let string): text = string
        case .number(let digits): text = digits
        case .bool(let flag): text = flag ? "true" : "false"
        default: return member.value
        }
        guard field.parameter != nil, !text.isEmpty, member.value != field.initial else { return member.value }
        do throws(TwilioError) { return try field.read(text) } catch { throw SeedRefusal(error.message) }
    }

    private func refuseConflict(_ resource: Resource) throws(SeedRefusal) {
        let e164 = resource.text("phone_number")
        if resource.kind == .number, world.number(e164) != nil { throw SeedRefusal("\(e164) is owned already") }
        let trunk = resource.text("trunk_sid")
        if resource.kind == .number, !trunk.isEmpty, world[.trunk, trunk]?.account != resource.account {
            throw SeedRefusal("the account has no trunk \(trunk)")
        }
        let domain = resource.text("domain_name")
        if resource.kind == .trunk, !domain.isEmpty, world.holder(ofDomain: domain, at: time) != nil {
            throw SeedRefusal("domain \(domain) is taken")
        }
        if resource.kind == .callerID,
            world.all(.callerID, of: resource.account).contains(where: { $0.text("phone_number") == e164 })
        {
            throw SeedRefusal("\(e164) is verified already")
        }
    }

    private func check(_ json: JSON, _ known: [String], _ what: String) throws(SeedRefusal) {
        guard let members = json.members else { throw SeedRefusal("\(what) is an object") }
        if let stranger = members.first(where: { !known.contains($0.name) }) {
            throw SeedRefusal("\(what) has no '\(stranger.name)'; it has \(known.joined(separator: ", "))")
        }
    }

    private func list(_ json: JSON?, _ name: String) throws(SeedRefusal) -> [JSON] {
        guard let json else { return [] }
        guard let elements = json.elements else { throw SeedRefusal("'\(name)' is a list") }
        return elements
    }
}

extension Field {
    /// Whether a value of it is kept.
    fileprivate var isKept: Bool {
        switch source {
        case .value, .secret: true
        default: false
        }
    }
}
