import SwitchboardCore
import SwitchboardLanguage

extension Compiler {
    func binary(_ op: BinaryOperator, _ left: Node, _ right: Node, _ span: Span) -> Code {
        switch op {
        case .and, .or: return junction(code(left), code(right), isDecidedBy: op == .or)
        case .orElse:
            let (left, right) = (code(left), code(right))
            return Code { frame in
                let value = try left(frame)
                return value.isNothing ? try right(frame) : value
            }
        case .plus: return fused(Sum.self, left, right, span)
        case .minus: return fused(Difference.self, left, right, span)
        case .times: return fused(Product.self, left, right, span)
        case .less: return fused(Less.self, left, right, span)
        case .lessOrEqual: return fused(LessOrEqual.self, left, right, span)
        case .greater: return fused(Greater.self, left, right, span)
        case .greaterOrEqual: return fused(GreaterOrEqual.self, left, right, span)
        case .equal: return asksForNothing(left, right, is: true) ?? fused(Equal.self, left, right, span)
        case .notEqual: return asksForNothing(left, right, is: false) ?? fused(NotEqual.self, left, right, span)
        case .in, .has, .matches, .divided:
            let (left, right) = (code(left), code(right))
            return Code { frame in
                let (one, other) = (try left(frame), try right(frame))
                return try RunFault.at(span) { try Operators.apply(op, one, other) }
            }
        }
    }

    /// `== nothing` and `!= nothing`, the comparisons that are true or false even of nothing; nil for any other.
    private func asksForNothing(_ left: Node, _ right: Node, is wanted: Bool) -> Code? {
        func isNothing(_ node: Node) -> Bool { if case .literal(_, .nothing, _) = node { true } else { false } }
        guard isNothing(left) || isNothing(right) else { return nil }
        let asked = code(isNothing(right) ? left : right)
        return Code { frame in
            let value = try asked(frame)
            return value.isOpen ? .unknown(Placeholder(.bool)) : .bool(value.isNothing == wanted)
        }
    }

    /// `and` and `or`, with `nothing` as the unknown.
    private func junction(_ left: Code, _ right: Code, isDecidedBy decided: Bool) -> Code {
        Code { frame in
            let one = try left(frame)
            if case .bool(decided) = one { return one }
            let other = try right(frame)
            if case .bool(decided) = other { return other }
            if one.isUnknown || other.isUnknown { return .unknown(Placeholder(.bool)) }
            return one.isNothing || other.isNothing ? .nothing : .bool(!decided)
        }
    }

    // MARK: Fused operands

    private func fused<Op: IntOperator>(_ op: Op.Type, _ left: Node, _ right: Node, _ span: Span) -> Code {
        switch left {
        case .slot(let slot, _): fused(op, SlotOperand(slot: slot), right, span)
        case .item: fused(op, SlotOperand(slot: Frame.Slots.item), right, span)
        case .field(let record, let name, let isOptional, let place):
            if let slot = slot(record) {
                fused(op, FieldOperand(slot, name, isOptional, place), right, span)
            } else {
                fused(op, AnyOperand(code: code(left)), right, span)
            }
        default: fused(op, AnyOperand(code: code(left)), right, span)
        }
    }

    private func fused<Op: IntOperator, Left: Fusible>(
        _ op: Op.Type, _ left: Left, _ right: Node, _ span: Span
    ) -> Code {
        switch right {
        case .slot(let slot, _): return fuse(op, left, SlotOperand(slot: slot), span)
        case .literal(let text, .int, _):
            guard let number = Int64(text) else { break }
            return fuse(op, left, IntOperand(number: number), span)
        case .field(let record, let name, let isOptional, let place):
            guard let slot = slot(record) else { break }
            return fuse(op, left, FieldOperand(slot, name, isOptional, place), span)
        default: break
        }
        return fuse(op, left, AnyOperand(code: code(right)), span)
    }

    private func slot(_ node: Node) -> Int? {
        switch node {
        case .slot(let slot, _): slot
        case .item: Frame.Slots.item
        default: nil
        }
    }

    private func fuse<Op: IntOperator, Left: Fusible, Right: Fusible>(
        _ op: Op.Type, _ left: Left, _ right: Right, _ span: Span
    ) -> Code {
        Code { frame in
            if let one = left.int(in: frame), let other = right.int(in: frame), let result = Op.result(one, other) {
                return result
            }
            let one = try left.value(in: frame)
            let other = try right.value(in: frame)
            if case .int(let one) = one, case .int(let other) = other, let result = Op.result(one, other) {
                return result
            }
            return try RunFault.at(span) { try Operators.apply(Op.op, one, other) }
        }
    }
}

// MARK: Operands

/// An operand whose shape is known to the compiler of this program, so that reading it costs no call.
private protocol Fusible: Sendable {
    /// The whole number that it is, where that can be told without a copy and without an effect; else nil.
    func int(in frame: Frame) -> Int64?
    func value(in frame: Frame) throws -> Value
}

private struct SlotOperand: Fusible {
    let slot: Int

    @inline(__always) func int(in frame: Frame) -> Int64? {
        if case .int(let number) = frame.slots[slot] { number } else { nil }
    }

    @inline(__always) func value(in frame: Frame) -> Value { frame.slots[slot] }
}

private struct IntOperand: Fusible {
    let number: Int64
    @inline(__always) func int(in frame: Frame) -> Int64? { number }
    @inline(__always) func value(in frame: Frame) -> Value { .int(number) }
}

private struct FieldOperand: Fusible {
    let slot: Int
    let field: Field

    init(_ slot: Int, _ name: String, _ isOptional: Bool, _ span: Span) {
        self.slot = slot
        field = Field(name, isOptional: isOptional, at: span)
    }

    @inline(__always) func int(in frame: Frame) -> Int64? { field.int(in: frame.slots, at: slot) }

    @inline(__always) func value(in frame: Frame) throws -> Value { try field.value(of: frame.slots[slot]) }
}

private struct AnyOperand: Fusible {
    let code: Code
    @inline(__always) func int(in frame: Frame) -> Int64? { nil }
    @inline(__always) func value(in frame: Frame) throws -> Value { try code(frame) }
}

// MARK: Operators on whole numbers

/// What an operator does to two whole numbers, the most frequent operands; nil where the general rule has to decide.
private protocol IntOperator: SendableMetatype {
    static var op: BinaryOperator { get }
    static func result(_ left: Int64, _ right: Int64) -> Value?
}

private func checked(_ result: (partialValue: Int64, overflow: Bool)) -> Value? {
    result.overflow ? nil : .int(result.partialValue)
}

private enum Sum: IntOperator {
    static let op = BinaryOperator.plus
    static func result(_ left: Int64, _ right: Int64) -> Value? { checked(left.addingReportingOverflow(right)) }
}

private enum Difference: IntOperator {
    static let op = BinaryOperator.minus
    static func result(_ left: Int64, _ right: Int64) -> Value? { checked(left.subtractingReportingOverflow(right)) }
}

private enum Product: IntOperator {
    static let op = BinaryOperator.times
    static func result(_ left: Int64, _ right: Int64) -> Value? { checked(left.multipliedReportingOverflow(by: right)) }
}

private enum Less: IntOperator {
    static let op = BinaryOperator.less
    static func result(_ left: Int64, _ right: Int64) -> Value? { .bool(left < right) }
}

private enum LessOrEqual: IntOperator {
    static let op = BinaryOperator.lessOrEqual
    static func result(_ left: Int64, _ right: Int64) -> Value? { .bool(left <= right) }
}

private enum Greater: IntOperator {
    static let op = BinaryOperator.greater
    static func result(_ left: Int64, _ right: Int64) -> Value? { .bool(left > right) }
}

private enum GreaterOrEqual: IntOperator {
    static let op = BinaryOperator.greaterOrEqual
    static func result(_ left: Int64, _ right: Int64) -> Value? { .bool(left >= right) }
}

private enum Equal: IntOperator {
    static let op = BinaryOperator.equal
    static func result(_ left: Int64, _ right: Int64) -> Value? { .bool(left == right) }
}

private enum NotEqual: IntOperator {
    static let op = BinaryOperator.notEqual
    static func result(_ left: Int64, _ right: Int64) -> Value? { .bool(left != right) }
}
