import SwitchboardCore

/// What a call has come to, as a resumed run takes it from the journal.
struct CallResult {
    var value: Value
    /// How many changes it made.
    var changes: Int
    /// What providers were asked for and did.
    var done: [String]
    /// Whether it found something as it was asked for.
    var isFoundUnchanged: Bool

    /// nil where the journal cannot have the value.
    var json: JSON? {
        JournaledValue.json(value).map { value in
            [
                "value": value, "changes": .integer(changes), "done": .strings(done),
                "unchanged": .bool(isFoundUnchanged),
            ]
        }
    }

    init(_ value: Value, of part: RunPart, since before: RunPart.Count) {
        let count = part.count
        self.value = value
        changes = count.changes - before.changes
        done = part.done(since: before)
        isFoundUnchanged = count.isFoundUnchanged
    }

    init(_ json: JSON) throws {
        value = try JournaledValue.value(json["value"] ?? .null)
        changes = json["changes"]?.integer ?? 0
        done = json["done"]?.elements?.compactMap(\.text) ?? []
        isFoundUnchanged = json["unchanged"] == .bool(true)
    }
}
