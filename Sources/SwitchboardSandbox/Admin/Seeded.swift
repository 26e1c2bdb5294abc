import SwitchboardCore

/// One thing that a seed has put at a vendor.
public struct Seeded: Hashable, Sendable {
    /// What it is, such as `number`.
    public var kind: String
    /// The vendor's id of it.
    public var id: String
    /// The phone number, where it is one.
    public var e164: String?

    /// Makes a note of a thing.
    public init(_ kind: String, id: String, e164: String? = nil) {
        self.kind = kind
        self.id = id
        self.e164 = e164
    }

    var json: JSON { ["kind": .string(kind), "id": .string(id), "e164": .optional(e164)] }
}
