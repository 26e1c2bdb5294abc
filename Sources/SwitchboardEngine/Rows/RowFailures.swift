public import SwitchboardCore

/// Why rows have failed: how many by each code, with the first of them, in the memory that a few take.
public struct RowFailures: Hashable, Sendable {
    /// The rows that failed by one code.
    public struct Group: Hashable, Sendable {
        /// The error's name.
        public var code: ErrorCode
        /// How many there are.
        public var count = 0
        /// What the first of them are called.
        public var rows: [String] = []
        /// The sentence of the first one's error.
        public var message: String

        /// Such as `30 × taken, as +14155550177, +14155550178, +14155550179: +14155550177 is no longer for sale`.
        public var text: String { "\(count) × \(code.rawValue), as \(rows.joined(separator: ", ")): \(message)" }
    }

    /// The most codes that are told apart, which providers and scripts may add to, and the most rows that are named.
    private static let (mostCodes, mostRows) = (100, 3)

    private var byCode: [ErrorCode: Group] = [:]
    /// How many failed by codes beyond those.
    private var others = 0

    /// Makes an empty one.
    public init() {}

    /// Whether none has failed.
    public var isEmpty: Bool { byCode.isEmpty }

    /// The most frequent first.
    public var groups: [Group] {
        byCode.values.sorted { ($1.count, $0.code.rawValue) < ($0.count, $1.code.rawValue) }
    }

    /// Such as `30 × taken, 7 × unreachable`; of many codes the most frequent.
    public var summary: String {
        let (groups, most) = (groups, 3)
        let rest = others + groups.dropFirst(most).reduce(0) { $0 + $1.count }
        return (groups.prefix(most).map { "\($0.count) × \($0.code.rawValue)" } + (rest > 0 ? ["\(rest) others"] : []))
            .joined(separator: ", ")
    }

    /// Counts a row that failed.
    public mutating func add(_ error: SwitchboardError, of row: String) {
        guard byCode.count < Self.mostCodes || byCode[error.code] != nil else { return others += 1 }
        var group = byCode[error.code] ?? Group(code: error.code, message: error.message)
        group.count += 1
        if group.rows.count < Self.mostRows { group.rows.append(row) }
        byCode[error.code] = group
    }
}
