import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage

/// What the operators do to values.
///
/// `nothing` works like SQL's null: a comparison with it gives `nothing`, except that `== nothing` asks for it.
enum Operators {
    static func apply(_ op: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
        if left.isUnknown || right.isUnknown { return unknown(op, left, right) }
        switch op {
        case .equal: return try asked(left, right).map { .bool($0) } ?? .nothing
        case .notEqual: return try asked(left, right).map { .bool(!$0) } ?? .nothing
        case .less: return try ordered(left, right) { $0 < 0 }
        case .lessOrEqual: return try ordered(left, right) { $0 <= 0 }
        case .greater: return try ordered(left, right) { $0 > 0 }
        case .greaterOrEqual: return try ordered(left, right) { $0 >= 0 }
        case .in: return try holds(right, left)
        case .has: return try holds(left, right)
        case .matches: return try matches(left, right)
        case .plus, .minus, .times, .divided: return try Arithmetic.apply(op, left, right)
        case .and, .or, .orElse: throw SwitchboardError(.internal, "'\(op.rawValue)' is evaluated elsewhere")
        }
    }

    /// What a plan cannot know yet; two ids of one thing that it makes are equal.
    private static func unknown(_ op: BinaryOperator, _ left: Value, _ right: Value) -> Value {
        if left == right, !left.isOpen {
            if op == .equal { return .bool(true) } else if op == .notEqual { return .bool(false) }
        }
        switch op {
        case .plus, .minus, .times, .divided: return .unknown(Placeholder(.any))
        default: return .unknown(Placeholder(.bool))
        }
    }

    /// Whether two values are equal, which values of two kinds never are: such a filter is a mistake.
    private static func asked(_ left: Value, _ right: Value) throws -> Bool? {
        if case .money(let one) = left, case .money(let other) = right { return try one.compare(other) == 0 }
        if !left.isNothing, !right.isNothing, order(left, right) == nil, !haveOneKind(left, right) {
            throw SwitchboardError(.invalidArgument, "\(left.typeName) cannot be compared with \(right.typeName)")
        }
        return equal(left, right)
    }

    private static func haveOneKind(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.bool, .bool), (.rate, .rate), (.list, .list), (.record, .record), (.fieldPath, .fieldPath): true
        default: false
        }
    }

    /// Whether two values are equal; nil where one of them is nothing and the other is not.
    static func equal(_ left: Value, _ right: Value) -> Bool? {
        if left.isNothing || right.isNothing { return left.isNothing && right.isNothing ? true : nil }
        if let order = order(left, right) { return order == 0 }
        switch (left, right) {
        case (.list(let one), .list(let other)):
            return one.count == other.count && zip(one, other).allSatisfy { equal($0, $1) == true }
        case (.record(let one), .record(let other)):
            return one.fields.count == other.fields.count
                && zip(one.fields, other.fields).allSatisfy { $0.name == $1.name && equal($0.value, $1.value) == true }
        default: return left == right
        }
    }

    private static func ordered(_ left: Value, _ right: Value, _ test: (Int) -> Bool) throws -> Value {
        if left.isNothing || right.isNothing { return .nothing }
        if case .money(let one) = left, case .money(let other) = right { return .bool(test(try one.compare(other))) }
        guard let order = order(left, right) else {
            throw SwitchboardError(.invalidArgument, "\(left.typeName) cannot be compared with \(right.typeName)")
        }
        return .bool(test(order))
    }

    /// -1, 0 or 1; nil where the values have no common order.
    static func order(_ left: Value, _ right: Value) -> Int? {
        switch (left, right) {
        case (.int(let one), .int(let other)): compare(one, other)
        case (.decimal(let one), .decimal(let other)): compare(one, other)
        case (.int(let one), .decimal(let other)): compare(Decimal(one), other.value)
        case (.decimal(let one), .int(let other)): compare(one.value, Decimal(other))
        case (.duration(let one), .duration(let other)): compare(one, other)
        case (.time(let one), .time(let other)): compare(one, other)
        case (.phone(let one), .phone(let other)): compare(one, other)
        case (.money(let one), .money(let other)) where one.currency == other.currency:
            compare(one.amount, other.amount)
        case (.string(let one), .string(let other)), (.id(let one), .id(let other)), (.string(let one), .id(let other)),
            (.id(let one), .string(let other)):
            compare(one, other)
        default: nil
        }
    }

    private static func compare<Key: Comparable>(_ one: Key, _ other: Key) -> Int {
        one < other ? -1 : one > other ? 1 : 0
    }

    private static func holds(_ container: Value, _ item: Value) throws -> Value {
        switch container {
        case .nothing: return .nothing
        case .list(let values):
            if values.contains(where: { equal($0, item) == true }) { return .bool(true) }
            return item.isNothing ? .nothing : .bool(false)
        case .record(let record): return .bool(item.plainText.map { record[$0] != nil } ?? false)
        default:
            guard let text = container.plainText, let piece = item.plainText else {
                throw SwitchboardError(.invalidArgument, "nothing can be in \(container.typeName)")
            }
            return item.isNothing ? .nothing : .bool(piece.isEmpty || text.contains(piece))
        }
    }

    private static func matches(_ left: Value, _ right: Value) throws -> Value {
        if left.isNothing || right.isNothing { return .nothing }
        guard let text = left.plainText, let pattern = right.plainText else {
            throw SwitchboardError(.invalidArgument, "'matches' compares texts")
        }
        return .bool(Glob(pattern).matches(text))
    }
}

extension Value {
    /// Returns -1, 0 or 1; false comes before true.
    ///
    /// Throws `invalid_argument` where the values have no common order.
    public static func order(_ left: Value, _ right: Value) throws -> Int {
        if let order = Operators.order(left, right) { return order }
        switch (left, right) {
        case (.nothing, .nothing): return 0
        case (.bool(let one), .bool(let other)): return one == other ? 0 : one ? 1 : -1
        case (.money(let one), .money(let other)): return try one.compare(other)
        default:
            throw SwitchboardError(.invalidArgument, "\(left.typeName) and \(right.typeName) have no common order")
        }
    }
}
