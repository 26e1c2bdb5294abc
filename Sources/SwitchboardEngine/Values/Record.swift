import Synchronization

/// A record: names and values in order.
public struct Record: Sendable {
    /// The content, in one place, so that a record is handed around as cheaply as a number.
    private final class Content: Sendable {
        let typeName: String?
        let fields: [Field]
        let candidates: CandidatePool?
        let origin: Value?
        let place: FilePlace?

        init(
            _ typeName: String?, _ fields: [Field], _ candidates: CandidatePool? = nil, origin: Value? = nil,
            place: FilePlace? = nil
        ) {
            self.typeName = typeName
            self.fields = fields
            self.candidates = candidates
            self.origin = origin
            self.place = place
        }
    }
    private var content: Content

    /// One field.
    public struct Field: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value.
        public var value: Value

        /// Makes a field.
        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// Makes a record; of two fields of one name the first counts.
    public init(_ typeName: String? = nil, _ fields: [Field]) { content = Content(typeName, fields) }

    /// Makes a record that stands in a file.
    public init(_ fields: [Field], at place: FilePlace?) { content = Content(nil, fields, place: place) }

    /// The name of the type, such as `number`; nil for one made in a script.
    public var typeName: String? {
        get { content.typeName }
        set { content = Content(newValue, fields, candidates, origin: origin, place: place) }
    }

    /// The fields in order.
    public var fields: [Field] { content.fields }

    /// The other candidates of the search that this available number came from.
    public var candidates: CandidatePool? {
        get { content.candidates }
        set { content = Content(typeName, fields, newValue, origin: origin, place: place) }
    }

    /// The row that this one tells the result of, as it was read.
    public var origin: Value? {
        get { content.origin }
        set { content = Content(typeName, fields, candidates, origin: newValue, place: place) }
    }

    /// Where it stands in the file that it was read from.
    public var place: FilePlace? {
        get { content.place }
        set { content = Content(typeName, fields, candidates, origin: origin, place: newValue) }
    }

    /// The value of a field, or nil where there is none.
    public subscript(name: String) -> Value? {
        for field in content.fields where field.name == name { return field.value }
        return nil
    }

    /// The same, looked for at a place first; tells the place where it was found.
    @inline(__always)
    func field(_ name: String, near place: borrowing Atomic<Int>) -> Value? {
        let index = place.load(ordering: .relaxed)
        let fields = content.fields
        if index < fields.count, fields[index].name == name { return fields[index].value }
        guard let found = fields.firstIndex(where: { $0.name == name }) else { return nil }
        place.store(found, ordering: .relaxed)
        return fields[found].value
    }

    /// The whole number in a field, where the field of that name stands at this place; else nil.
    @inline(__always)
    func int(_ name: String, at index: Int) -> Int64? {
        let fields = content.fields
        guard index < fields.count, isSurelyEqual(fields[index].name, name), case .int(let number) = fields[index].value
        else { return nil }
        return number
    }
}

/// Whether two texts are kept in the same way, which makes them equal, without the call that the real comparison costs.
@inline(__always)
private func isSurelyEqual(_ one: String, _ other: String) -> Bool {
    let one = unsafeBitCast(one, to: (UInt64, UInt64).self)
    let other = unsafeBitCast(other, to: (UInt64, UInt64).self)
    return one == other
}

extension Record: Hashable {
    /// Equal when the fields are, in any order of search.
    public static func == (left: Record, right: Record) -> Bool { left.fields == right.fields }

    /// Hashes the fields.
    public func hash(into hasher: inout Hasher) { hasher.combine(fields) }
}
