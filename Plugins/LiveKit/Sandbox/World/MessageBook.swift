/// Messages of one kind by their ids, in ascending order.
struct MessageBook: Sendable {
    /// The field that holds the id.
    private let field: String
    private(set) var ids: [String] = []
    private var messages: [String: ProtoMessage] = [:]

    init(id field: String) { self.field = field }

    /// Makes a book of messages, each with an id of its own.
    init(id field: String, _ messages: [ProtoMessage]) {
        self.field = field
        self.messages = Dictionary(messages.map { ($0.string(field), $0) }, uniquingKeysWith: { _, last in last })
        ids = self.messages.keys.sorted()
    }

    subscript(id: String) -> ProtoMessage? { messages[id] }

    var all: [ProtoMessage] { ids.compactMap { messages[$0] } }

    /// The ids that follow the given one.
    func ids(after id: String) -> ArraySlice<String> { ids[firstPlace { $0 > id }...] }

    /// Adds a message, or replaces the one of the same id.
    mutating func put(_ message: ProtoMessage) {
        let id = message.string(field)
        if messages.updateValue(message, forKey: id) == nil { ids.insert(id, at: firstPlace { $0 > id }) }
    }

    /// Removes the message of the id, if there is one.
    mutating func remove(_ id: String) {
        guard messages.removeValue(forKey: id) != nil else { return }
        ids.remove(at: firstPlace { $0 >= id })
    }

    /// The first place from which on all ids satisfy the condition.
    private func firstPlace(_ isBeyond: (String) -> Bool) -> Int {
        var low = 0
        var high = ids.count
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(ids[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
