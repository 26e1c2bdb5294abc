import SwitchboardLanguage

/// Conditions that tell what they have compared, where they are not true.
extension Compiler {
    private static let comparisons: Set<BinaryOperator> = [
        .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .has, .matches,
    ]

    /// The code of a condition, which leaves in the frame what it has compared.
    func compared(_ condition: Node) -> Code {
        guard case .binary(let op, let left, let right, let span) = condition, Self.comparisons.contains(op),
            ![left, right].contains(where: Self.isNothing)
        else { return code(condition) }
        let (leftCode, rightCode) = (code(left), code(right))
        return Code { frame in
            let (one, other) = (try leftCode(frame), try rightCode(frame))
            let value = try RunFault.at(span) { try Operators.apply(op, one, other) }
            frame.compared = value == .bool(true) ? nil : "\(Self.side(one)) \(op.rawValue) \(Self.side(other))"
            return value
        }
    }

    private static func isNothing(_ node: Node) -> Bool {
        if case .literal(_, .nothing, _) = node { true } else { false }
    }

    /// A value as a script would write it; of a long one the beginning.
    private static func side(_ value: Value) -> String {
        let text = value.literalText
        return text.count > 100 ? text.prefix(100) + "…" : text
    }
}
