import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage

/// Sums and products; overflow and different currencies are errors, never a wrong result.
enum Arithmetic {
    static func apply(_ op: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
        switch (left, right) {
        case (.nothing, _), (_, .nothing): return .nothing
        case (.int(let one), .int(let other)) where op != .divided: return .int(try whole(op, one, other))
        case (.int, .int), (.int, .decimal), (.decimal, .int), (.decimal, .decimal):
            return .decimal(try exact(op, number(left), number(right)))
        case (.money(let one), .money(let other)) where op == .plus: return .money(try one + other)
        case (.money(let one), .money(let other)) where op == .minus: return .money(try one - other)
        case (.money(let amount), .int), (.money(let amount), .decimal):
            if op == .times { return .money(try amount * number(right).value) }
            if op == .divided { return .money(try amount / number(right).value) }
        case (.int, .money(let amount)), (.decimal, .money(let amount)):
            if op == .times { return .money(try amount * number(left).value) }
        case (.duration(let one), .duration(let other)):
            if op == .plus { return .duration(try length(one, plus: other)) }
            if op == .minus { return .duration(try length(one, plus: other * -1)) }
        case (.duration(let one), .int(let count)), (.int(let count), .duration(let one)):
            if op == .times { return .duration(try length(one, times: count)) }
        case (.time(let one), .time(let other)):
            if op == .minus { return .duration(.seconds(one.timeIntervalSince(other))) }
        case (.time(let time), .duration(let span)):
            if op == .plus { return .time(try moment(time, plus: span)) }
            if op == .minus { return .time(try moment(time, plus: span * -1)) }
        case (.duration(let span), .time(let time)) where op == .plus: return .time(try moment(time, plus: span))
        default: break
        }
        throw SwitchboardError(
            .invalidArgument, "'\(op.rawValue)' does not work on \(left.typeName) and \(right.typeName)")
    }

    /// No length is longer than a time can be read: 292 million years.
    private static let longest = Int128(Int64.max) * 1_000_000_000_000_000

    private static func length(_ one: Duration, plus other: Duration) throws -> Duration {
        try length(one.attoseconds.addingReportingOverflow(other.attoseconds))
    }

    private static func length(_ one: Duration, times count: Int64) throws -> Duration {
        try length(one.attoseconds.multipliedReportingOverflow(by: Int128(count)))
    }

    private static func length(_ result: (partialValue: Int128, overflow: Bool)) throws -> Duration {
        guard !result.overflow, (-longest...longest).contains(result.partialValue) else {
            throw SwitchboardError(.invalidArgument, "the result is longer than a duration can be")
        }
        return Duration(attoseconds: result.partialValue)
    }

    private static func moment(_ time: Date, plus span: Duration) throws -> Date {
        let result = time.addingTimeInterval(span / .seconds(1))
        guard Timestamp.parse(Timestamp.text(result)).map({ abs($0.timeIntervalSince(result)) < 1 }) ?? false else {
            throw SwitchboardError(.invalidArgument, "the result is no time of the years 0 to 9999")
        }
        return result
    }

    private static func number(_ value: Value) -> ScaledDecimal {
        switch value {
        case .int(let number): ScaledDecimal(Decimal(number))
        case .decimal(let number): number
        default: ScaledDecimal(.nan)
        }
    }

    private static func whole(_ op: BinaryOperator, _ one: Int64, _ other: Int64) throws -> Int64 {
        let (result, overflow) =
            switch op {
            case .plus: one.addingReportingOverflow(other)
            case .minus: one.subtractingReportingOverflow(other)
            default: one.multipliedReportingOverflow(by: other)
            }
        if overflow { throw SwitchboardError(.invalidArgument, "the result is larger than 64 bits hold") }
        return result
    }

    private static func exact(
        _ op: BinaryOperator, _ one: ScaledDecimal, _ other: ScaledDecimal
    ) throws -> ScaledDecimal {
        if op == .divided && other.value == 0 { throw SwitchboardError(.invalidArgument, "a division by zero") }
        let result =
            switch op {
            case .plus: one.adding(other)
            case .minus: one.subtracting(other)
            case .times: one.multiplied(by: other)
            default: one.divided(by: other)
            }
        guard let result else { throw SwitchboardError(.invalidArgument, "the result has more than 34 digits") }
        return result
    }
}
