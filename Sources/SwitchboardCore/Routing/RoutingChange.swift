/// What is to be different about a trunk or a dispatch rule: new values of whole fields, edits of lists, secrets apart.
public struct RoutingChange: Hashable, Sendable {
    /// An edit of a list of texts: set, or else texts removed and then texts added.
    public struct ListEdit: Hashable, Sendable, Codable {
        /// The whole new list; nil where it is edited.
        public var set: [String]?
        /// What is put at the end, unless it is there.
        public var add: [String]
        /// What is taken out, first of all.
        public var remove: [String]

        /// Makes an edit.
        public init(set: [String]? = nil, add: [String] = [], remove: [String] = []) {
            self.set = set
            self.add = add
            self.remove = remove
        }

        /// The list after the edit, as LiveKit does it: each removal takes the first of its kind.
        public func applied(to list: [String]) -> [String] {
            var list = set ?? list
            for text in remove { if let index = list.firstIndex(of: text) { list.remove(at: index) } }
            for text in add where !list.contains(text) { list.append(text) }
            return list
        }
    }

    /// Which table describes it.
    public let schema: RoutingSchema
    /// New canonical values by top-level field, null to clear.
    ///
    /// A message is given whole. The map of a field that LiveKit merges, `attributes`, holds the names that change,
    /// null for one that goes.
    public internal(set) var values: [String: JSON] = [:]
    /// Edits of lists by top-level field.
    public var lists: [String: ListEdit] = [:]
    /// New secrets by dotted path, an empty one to clear; those of a message come with its value.
    public var secrets: [String: Secret] = [:] { didSet { withheld.subtract(secrets.keys) } }
    /// The paths of secrets that it had before it was encoded and that are not set again; while there are any it is not
    /// to be sent.
    public internal(set) var withheld: Set<String> = []

    /// Makes a change of nothing.
    public init(_ schema: RoutingSchema) { self.schema = schema }

    /// Gives a top-level field a new value, from JSON in any form that `RoutingDocument.set` accepts; null clears it.
    public mutating func set(_ name: String, _ value: JSON?) throws(RoutingFault) {
        guard !name.contains(".") else { throw .unknown(name, among: schema.fields) }
        var document = RoutingDocument(schema)
        try document.set(name, value)
        take(name, from: document)
    }

    /// Takes back a canonical value that was encoded.
    mutating func restore(_ name: String, _ value: JSON) throws(RoutingFault) {
        guard value != .null, schema.field(name)?.change != .merge else {
            values[name] = value
            return
        }
        var document = RoutingDocument(schema)
        try document.set(name, value, strangers: .kept)
        values[name] = document[name] ?? .null
    }

    /// Takes over a field as the document has it, with its secrets.
    mutating func take(_ name: String, from document: RoutingDocument) {
        guard let top = schema.find(name)?.path.split(separator: ".").first.map(String.init) else { return }
        if schema.field(top)?.kind != .secret { values[top] = document[top] ?? .null }
        secrets = secrets.filter { !RoutingDocument.isPath($0.key, under: top) }
        secrets.merge(document.secrets.filter { RoutingDocument.isPath($0.key, under: top) }) { _, new in new }
        if schema.field(top)?.kind == .secret, secrets[top] == nil { secrets[top] = Secret("") }
    }

    /// Whether it changes nothing.
    public var isEmpty: Bool { values.isEmpty && lists.isEmpty && secrets.isEmpty && withheld.isEmpty }
}
