import SwitchboardCore
public import SwitchboardLanguage

/// Items that come one after another, without a list of them all.
public protocol ItemSource {
    /// Gives the items from the first on, until it is told to stop.
    func forEach(_ take: (Value) throws -> Bool) throws

    /// Whether they can be had again; else they come once, and something happens as they come.
    var isRepeatable: Bool { get }

    /// Whether nothing but a file that changes meanwhile can go wrong on the way to the last of them.
    var isChecked: Bool { get }

    /// Whether two of the items may have one name by this key.
    func needsNames(by key: FieldPath?) -> Bool

    /// Why there can be no list of them.
    var listFault: (any Error)? { get }

    /// How many there are, of items that can be had again.
    func count() throws -> Int

    /// How many there are, where nobody has to count them for that.
    var knownCount: Int? { get }

    /// Whether the items turned out to be no list but nothing, once they have come.
    var isNothing: Bool { get }

    /// The names of their columns, where these are known before the first of them; empty where they are not.
    var columnNames: [String] { get }
}

extension ItemSource {
    /// They can.
    public var isRepeatable: Bool { true }

    /// Nothing can.
    public var isChecked: Bool { true }

    /// They may.
    public func needsNames(by key: FieldPath?) -> Bool { true }

    /// There can be one.
    public var listFault: (any Error)? { nil }

    /// They are a list.
    public var isNothing: Bool { false }

    /// It is not.
    public var knownCount: Int? { nil }

    /// They are not.
    public var columnNames: [String] { [] }

    /// Counts them one by one.
    public func count() throws -> Int {
        var count = 0
        try forEach { _ in
            count += 1
            return true
        }
        return count
    }

    /// All of them.
    public func list() throws -> Value {
        if let listFault { throw listFault }
        var items: [Value] = []
        try forEach { item in
            items.append(item)
            return true
        }
        return isNothing ? .nothing : .list(items)
    }
}

/// The whole numbers between two, both included.
public struct CountedItems: ItemSource {
    /// The most numbers that a list of them may have.
    private static let most = 10_000_000

    /// The two ends; nil where no number lies between.
    public let bounds: ClosedRange<Int64>?

    /// Makes the numbers.
    public init(_ bounds: ClosedRange<Int64>?) { self.bounds = bounds }

    /// Counts.
    public func forEach(_ take: (Value) throws -> Bool) throws {
        guard let bounds else { return }
        for number in bounds where try !take(.int(number)) { return }
    }

    /// Numbers have no name of their own, and a key is an error of theirs.
    public func needsNames(by key: FieldPath?) -> Bool { key != nil }

    /// How many there are, as far as that can be counted.
    public func count() -> Int {
        guard let bounds else { return 0 }
        let (distance, isBeyond) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound)
        return isBeyond ? .max : Int(min(distance, .max - 1)) + 1
    }

    /// As many.
    public var knownCount: Int? { count() }

    /// Too many of them.
    public var listFault: (any Error)? {
        guard let bounds, count() > Self.most else { return nil }
        return SwitchboardError(
            .invalidArgument, "a list holds at most \(Self.most) numbers",
            help: "a loop takes more: for i in (range \(bounds.lowerBound) \(bounds.upperBound)) { … }")
    }
}

/// The items of a list.
struct ListItems: ItemSource {
    let items: [Value]

    func forEach(_ take: (Value) throws -> Bool) throws {
        for item in items where try !take(item) { return }
    }
    var knownCount: Int? { items.count }
}

/// Items whose failures have a place in the script.
struct PlacedItems: ItemSource {
    let items: any ItemSource
    let span: Span

    func forEach(_ take: (Value) throws -> Bool) throws { try RunFault.at(span) { try items.forEach(take) } }
    var isRepeatable: Bool { items.isRepeatable }
    var isChecked: Bool { items.isChecked }
    var knownCount: Int? { items.knownCount }
    func needsNames(by key: FieldPath?) -> Bool { items.needsNames(by: key) }
    var listFault: (any Error)? {
        items.listFault.map { RunFault(error: SwitchboardError(wrapping: $0), span: span) }
    }
    var isNothing: Bool { items.isNothing }
    var columnNames: [String] { items.columnNames }
    func count() throws -> Int { try RunFault.at(span) { try items.count() } }
}

/// The items that a `where` keeps.
struct SiftedItems: ItemSource {
    let items: any ItemSource
    let keeps: (Value) throws -> Bool

    func forEach(_ take: (Value) throws -> Bool) throws {
        try items.forEach { item in try keeps(item) ? try take(item) : true }
    }
    var isRepeatable: Bool { items.isRepeatable }
    var isChecked: Bool { false }
    func needsNames(by key: FieldPath?) -> Bool { items.needsNames(by: key) }
    var isNothing: Bool { items.isNothing }
    var columnNames: [String] { items.columnNames }
}

/// What a command makes of each item; of nothing, nothing.
struct MappedItems: ItemSource {
    let items: any ItemSource
    let change: (_ index: Int, _ item: Value) throws -> Value

    func forEach(_ take: (Value) throws -> Bool) throws {
        var index = 0
        try items.forEach { item in
            defer { index += 1 }
            return try take(try change(index, item))
        }
    }
    var isRepeatable: Bool { items.isRepeatable }
    var isChecked: Bool { false }
    var isNothing: Bool { items.isNothing }
}
