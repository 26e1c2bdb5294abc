public import SwitchboardCore

/// The numbers of a pretended account: what it holds, what it ever bought, and what is for sale.
///
/// It serves vendors that sell US numbers and nothing more. Changes are written down by `commit`, before anybody sees
/// them.
public struct NumberBook: Sendable {
    /// A number that the account has, or has had.
    public struct Entry: Hashable, Sendable {
        /// The vendor's id, which no other number ever gets.
        public let id: String
        /// The number.
        public let e164: String
        /// Whether it was bought; a seeded one was not.
        public let isBought: Bool
        /// Whether it was given up.
        public fileprivate(set) var isReleased = false
    }

    /// Why a number cannot be bought.
    public enum Refusal: Error, Hashable, Sendable {
        /// The account holds it.
        case isHeld
        /// It is not one of those that are for sale.
        case isNotForSale
    }

    private let documents: DocumentStore.Scope
    private let makeID: @Sendable (Int) -> String
    private var entries: [String: Entry] = [:]
    private var answers: [String: JSON] = [:]
    private var pending: [DocumentStore.Write] = []

    /// Loads the book; `makeID` makes the vendor's id of the account's first, second and later numbers.
    public init(documents: DocumentStore.Scope, makeID: @escaping @Sendable (Int) -> String) throws {
        self.documents = documents
        self.makeID = makeID
        for (id, json) in try documents.all("number") {
            guard let e164 = json["e164"]?.text else { throw SeedRefusal("the state is damaged at \(id)") }
            entries[id] = Entry(
                id: id, e164: e164, isBought: json["bought"] == true, isReleased: json["released"] == true)
        }
        for (key, json) in try documents.all("answer") { answers[key] = json }
    }

    // MARK: Reading

    /// The number of this id, given up or not.
    public subscript(id: String) -> Entry? { entries[id] }

    /// What the account holds under the number.
    public func held(_ e164: String) -> Entry? { entries.values.first { $0.e164 == e164 && !$0.isReleased } }

    /// All that the account holds, in ascending order.
    public var held: [Entry] { entries.values.filter { !$0.isReleased }.sorted { $0.e164 < $1.e164 } }

    /// What is for sale in a US area or in all of them, in ascending order: lines 0100 to 0149 of exchange 555, which are
    /// kept free for fiction.
    public func forSale(areaCode: String?) -> some Sequence<String> {
        let held = Set(held.map(\.e164))
        return NumberingPlan.usAreas.lazy.map(\.areaCode).filter { areaCode == nil || $0 == areaCode }
            .flatMap { area in Self.lines.lazy.map { "+1\(area)5550\($0)" } }.filter { !held.contains($0) }
    }

    private static let lines = 100..<150

    // MARK: Changes

    /// Buys a number that is for sale.
    public mutating func buy(_ e164: String) throws(Refusal) -> Entry {
        if held(e164) != nil { throw .isHeld }
        guard e164.utf8.count == 12, e164.hasPrefix("+1"), e164.dropFirst(5).hasPrefix("5550"),
            let line = Int(e164.suffix(3)), Self.lines.contains(line),
            NumberingPlan.area(String(e164.dropFirst(2).prefix(3))) != nil
        else { throw .isNotForSale }
        return add(e164, isBought: true)
    }

    /// Gives up the number of this id; nil where the account does not hold it.
    public mutating func release(id: String) -> Entry? {
        guard var entry = entries[id], !entry.isReleased else { return nil }
        entry.isReleased = true
        put(entry)
        return entry
    }

    /// Carries a change out once for a key: a repetition gets the answer that the first one got.
    ///
    /// Only what `change` returns is kept and not what it throws; it is called each time where there is no key.
    public mutating func once(
        _ key: String?, _ change: (inout NumberBook) throws -> (status: Int, body: JSON)
    ) throws -> SandboxAnswer {
        if let key, let earlier = answers[key] {
            return .json(earlier["body"] ?? .null, status: earlier["status"]?.integer ?? 200)
        }
        let (status, body) = try change(&self)
        if let key {
            let answer: JSON = ["status": .integer(status), "body": body]
            answers[key] = answer
            pending.append(.put(kind: "answer", id: key, answer))
        }
        try commit()
        return .json(body, status: status)
    }

    /// Writes the changes down.
    public mutating func commit() throws(StoreFailure) {
        defer { pending = [] }
        try documents.apply(pending)
    }

    private mutating func add(_ e164: String, isBought: Bool) -> Entry {
        let entry = Entry(id: makeID(entries.count + 1), e164: e164, isBought: isBought)
        put(entry)
        return entry
    }

    private mutating func put(_ entry: Entry) {
        entries[entry.id] = entry
        pending.append(
            .put(
                kind: "number", id: entry.id,
                ["e164": .string(entry.e164), "bought": .bool(entry.isBought), "released": .bool(entry.isReleased)]))
    }

    // MARK: Administration

    /// `numbers` that the account holds, and the `history` of its purchases and releases.
    public var truth: JSON {
        let all = entries.values.sorted { ($0.id.count, $0.id) < ($1.id.count, $1.id) }
        func told(_ entry: Entry) -> [JSON.Member] {
            [.init("e164", .string(entry.e164)), .init("id", .string(entry.id))]
        }
        func events(_ event: JSON, _ entries: [Entry]) -> [JSON] {
            entries.map { .object([.init("event", event)] + told($0)) }
        }
        return [
            "numbers": .array(held.map { .object(told($0)) }),
            "history": .array(
                events("purchase", all.filter(\.isBought)) + events("release", all.filter(\.isReleased))),
        ]
    }

    /// Takes `{"numbers": ["+14155550100"]}`, which count no purchase; throws `SeedRefusal` and then changes nothing.
    public mutating func seed(_ things: JSON) throws -> [Seeded] {
        guard let list = things["numbers"]?.elements, things.members?.count == 1 else {
            throw SeedRefusal("a seed is an object with numbers")
        }
        let numbers = try list.map { json in
            guard let number = json.text.flatMap(E164.init)?.text, held(number) == nil else {
                throw SeedRefusal("\(json.compact) is no number like \"+14155550100\", or is held already")
            }
            return number
        }
        guard Set(numbers).count == numbers.count else { throw SeedRefusal("a number is there twice") }
        let seeded = numbers.map { Seeded("number", id: add($0, isBought: false).id, e164: $0) }
        try commit()
        return seeded
    }

    /// Forgets everything but what is for sale.
    public mutating func reset() throws {
        try documents.apply([.removeAll])
        self = try NumberBook(documents: documents, makeID: makeID)
    }
}
