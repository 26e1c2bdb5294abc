/// A trunk or a dispatch rule in its canonical form: equal documents say the same.
///
/// Names are proto names and words of choices are wire names, whatever they were read from; what equals LiveKit's
/// default is left out; secrets lie apart. `media_encryption` is kept as `media.encryption`, whichever it came as.
/// Names that the table does not know are kept as they came, so that a replacement loses none.
public struct RoutingDocument: Hashable, Sendable {
    /// What becomes of names that the table of fields does not have.
    public enum Strangers: Sendable {
        /// They are kept and sent back: an answer may hold fields that are newer than this program.
        case kept
        /// They are a fault: in a file they are misspelt.
        case refused
    }

    /// Which table describes it.
    public let schema: RoutingSchema
    /// The canonical values by top-level name, strangers among them.
    private(set) var values: [String: JSON] = [:]
    /// The secrets by dotted path: `auth_password`, `rule.dispatch_rule_direct.pin`; an empty one is none.
    public var secrets: [String: Secret] = [:] {
        didSet {
            withheld.subtract(secrets.keys)
            secrets = secrets.filter { !$0.value.reveal().isEmpty }
        }
    }
    /// The paths of secrets that it had before it was encoded and that are not set again; while there are any it is not
    /// to be sent.
    public internal(set) var withheld: Set<String> = []

    /// Makes an empty document.
    public init(_ schema: RoutingSchema) { self.schema = schema }

    /// Reads JSON in either naming; null is absent.
    ///
    /// The fault names the field by its path and shows no value.
    public init(reading json: JSON, as schema: RoutingSchema, strangers: Strangers) throws(RoutingFault) {
        self.schema = schema
        var reader = RoutingReader(strangers: strangers)
        for member in try reader.members(json, schema.fields, at: "") { values[member.name] = member.value }
        secrets = reader.secrets
        try foldEncryption(strangers)
    }

    /// The canonical value of a field by its proto name, dotted for one of a message; nil for the default and for secrets.
    public subscript(name: String) -> JSON? {
        let path = Self.home(of: name).split(separator: ".")
        let top = path.first.flatMap { values[String($0)] }
        return path.dropFirst().reduce(top) { $0?[String($1)] }
    }

    /// Sets a field from JSON in any form that LiveKit or this program accepts; nil or null clears it.
    ///
    /// A message is set whole, with its secrets; a dotted name sets one field of it. Words of choices and wire names
    /// are both read, lengths of time as `90s`, `1.5s` or `1m30s`.
    public mutating func set(_ name: String, _ value: JSON?) throws(RoutingFault) {
        try set(name, value, strangers: .refused)
    }

    mutating func set(_ name: String, _ value: JSON?, strangers: Strangers) throws(RoutingFault) {
        guard let (path, field) = schema.find(Self.home(of: name)) else {
            let parent = name.split(separator: ".").dropLast().joined(separator: ".")
            let known = schema.field(parent)?.fields ?? schema.fields
            guard strangers == .kept else { throw .unknown(name, among: known) }
            return try setStranger(name, value)
        }
        var reader = RoutingReader(strangers: strangers)
        let read = if let value { try reader.value(value, field, at: path) } else { JSON?.none }
        forgetSecrets(at: path)
        secrets.merge(reader.secrets) { _, new in new }
        put(read, at: path)
    }

    private mutating func setStranger(_ name: String, _ value: JSON?) throws(RoutingFault) {
        var reader = RoutingReader(strangers: .kept)
        let read =
            if let value, value != .null { try reader.stranger(value, named: name, at: name) } else { JSON?.none }
        forgetSecrets(at: name)
        secrets.merge(reader.secrets) { _, new in new }
        values[name] = read
    }

    /// Puts a canonical value in its place, and drops the messages that it leaves empty.
    mutating func put(_ value: JSON?, at path: String) {
        let parts = path.split(separator: ".").map(String.init)
        guard let top = parts.first else { return }
        values[top] = Self.putting(value, at: parts.dropFirst(), in: values[top], of: schema.field(top))
    }

    private static func putting(
        _ value: JSON?, at path: ArraySlice<String>, in json: JSON?, of parent: RoutingField?
    ) -> JSON? {
        guard let name = path.first, let parent else { return value }
        let index = parent.fields.firstIndex { $0.name == name }
        let field = index.map { parent.fields[$0] }
        var inner = putting(value, at: path.dropFirst(), in: json?[name], of: field)
        var others = (json?.members ?? []).filter { $0.name != name }
        if case .alternatives = parent.kind {
            others = []
            if path.count > 1 { inner = inner ?? .object([]) }
        }
        let members = others + (inner.map { [.init(name, $0)] } ?? [])
        return members.isEmpty ? .none : .object(parent.inOrder(members))
    }

    mutating func forgetSecrets(at path: String) {
        secrets = secrets.filter { !Self.isPath($0.key, under: path) }
        withheld = withheld.filter { !Self.isPath($0, under: path) }
    }

    static func isPath(_ path: String, under top: String) -> Bool { path == top || path.hasPrefix(top + ".") }

    /// The members in the order of the table, strangers after them by name.
    var members: [JSON.Member] {
        let known = schema.fields.map(\.name)
        let strangers = values.keys.filter { !known.contains($0) }.sorted()
        return (known + strangers).compactMap { name in values[name].map { .init(name, $0) } }
    }

    // MARK: Encryption

    private static let encryption = (old: "media_encryption", new: "media.encryption")

    /// Where the value of a field is kept.
    private static func home(of name: String) -> String {
        name == encryption.old || name == "mediaEncryption" ? encryption.new : name
    }

    private mutating func foldEncryption(_ strangers: Strangers) throws(RoutingFault) {
        guard let old = values.removeValue(forKey: Self.encryption.old) else { return }
        let new = self[Self.encryption.new]
        if let new, new != old, strangers == .refused {
            throw RoutingFault(
                field: Self.encryption.new, "media_encryption and media.encryption are one thing and differ here",
                help: "leave media_encryption out")
        }
        put(new ?? old, at: Self.encryption.new)
    }
}

// MARK: - Fields by their kind

extension RoutingDocument {
    /// The text of a field; for a choice its wire name, and empty where it is the default.
    public func text(_ name: String) -> String { self[name]?.text ?? "" }
    /// The texts of a list.
    public func texts(_ name: String) -> [String] { self[name]?.elements?.compactMap(\.text) ?? [] }
    /// Whether a flag is set.
    public func flag(_ name: String) -> Bool { self[name] == .bool(true) }
    /// The texts of a map.
    public func map(_ name: String) -> [String: String] {
        Dictionary((self[name]?.members ?? []).map { ($0.name, $0.value.text ?? "") }) { _, last in last }
    }
    /// The word of a choice, `tls`; the default's where nothing is set, the wire name where it has no word.
    public func word(_ name: String) -> String {
        let choices = schema.field(name)?.choices ?? []
        guard let value = self[name] else { return choices.first?.word ?? "" }
        return choices.first { $0.wire == value.text }?.word ?? value.text ?? value.compact
    }
    /// Whether it has that secret, be it withheld.
    public func has(secret path: String) -> Bool { secrets[path] != nil || withheld.contains(path) }

    /// Sets a text that needs no reading.
    mutating func put(text: String, _ name: String) { values[name] = text.isEmpty ? .none : .string(text) }
    /// Sets a list of texts that needs no reading.
    mutating func put(texts: [String], _ name: String) { values[name] = texts.isEmpty ? .none : .strings(texts) }
}

extension RoutingField {
    /// The members of a message in the order of its table, strangers after them by name.
    fileprivate func inOrder(_ members: [JSON.Member]) -> [JSON.Member] {
        let names = fields.map(\.name)
        func rank(_ member: JSON.Member) -> Int { names.firstIndex(of: member.name) ?? names.count }
        return members.sorted { (rank($0), $0.name) < (rank($1), $1.name) }
    }
}
