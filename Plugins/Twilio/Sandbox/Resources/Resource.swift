import SwitchboardCore
import SwitchboardSandbox

/// One thing that an account has, as it is kept.
struct Resource: Hashable, Sendable {
    let kind: Kind
    let sid: String
    let account: String
    /// The sid of what it belongs to: a trunk, a list, a conference, else the account.
    let parent: String
    /// Its place among all things by the order in which they were made.
    var order = 0
    var created: SandboxTime
    var updated: SandboxTime
    /// The fields that are not as a field is at first, by Twilio's names.
    var values: [String: JSON] = [:]

    init(_ kind: Kind, sid: String? = nil, account: String, parent: String? = nil, at time: SandboxTime) {
        self.kind = kind
        self.sid = sid ?? TwilioSid.make(kind.type.prefix)
        self.account = account
        self.parent = parent ?? account
        created = time
        updated = time
    }

    /// Under which it is kept: a list may be attached to several trunks.
    var key: String { kind.isReference ? parent + "/" + sid : sid }

    /// The value of a field; what the field is at first when nothing was set.
    subscript(field: String) -> JSON {
        get { values[field] ?? kind.type.field(field)?.initial ?? .null }
        set { values[field] = newValue }
    }

    /// The text of a field; empty for none.
    func text(_ field: String) -> String { self[field].text ?? "" }

    /// Whether a field is true.
    func isSet(_ field: String) -> Bool { self[field] == true }

    init(_ kind: Kind, json: JSON) throws(SeedRefusal) {
        guard let sid = json["sid"]?.text, let account = json["account"]?.text, let parent = json["parent"]?.text,
            let order = json["order"]?.integer, let created = json["created_us"]?.integer,
            let updated = json["updated_us"]?.integer, let values = json["values"]?.members
        else { throw SeedRefusal("a \(kind.rawValue) in the state is damaged") }
        self.init(
            kind, sid: sid, account: account, parent: parent, at: SandboxTime(microseconds: Int64(created)))
        self.order = order
        self.updated = SandboxTime(microseconds: Int64(updated))
        self.values = Dictionary(values.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    var json: JSON {
        let fields = values.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value) }
        return [
            "sid": .string(sid), "account": .string(account), "parent": .string(parent), "order": .integer(order),
            "created_us": .integer(created.microseconds), "updated_us": .integer(updated.microseconds),
            "values": .object(fields),
        ]
    }
}

/// Twilio's ids: two letters and 32 hexadecimal digits (contract section 7).
enum TwilioSid {
    /// A new random id.
    static func make(_ prefix: String) -> String {
        let digits = Array("0123456789abcdef")
        return prefix + String((0..<32).map { _ in digits[Int.random(in: 0..<16)] })
    }

    /// Whether the text has the form of an id with that prefix.
    static func isOne(_ text: String, _ prefix: String) -> Bool {
        text.utf8.count == 34 && text.hasPrefix(prefix)
            && text.utf8.dropFirst(2).allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || isHexLetter($0) }
    }

    private static func isHexLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "F") ~= byte
    }
}
