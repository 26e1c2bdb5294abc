extension ValueType {
    /// The narrowest type that holds values of both.
    public func joined(with other: ValueType) -> ValueType { TypeRules.join(self, other) }

    /// Whether values of the two types can be equal or not, instead of being a mistake to compare.
    public func isComparable(with other: ValueType) -> Bool { TypeRules.comparable(self, other) }
}

/// What fits where, and what compares with what.
enum TypeRules {
    /// How a value of one type gets into a slot of another.
    enum Fit { case asIs, convert, no }

    static func fit(_ type: ValueType, into slot: ValueType) -> Fit {
        if type == slot { return .asIs }
        switch (type, slot) {
        case (_, .any): return .asIs
        case (.any, _): return .convert
        case (_, .either(let types)):
            let fits = types.map { fit(type, into: $0) }
            return fits.contains(.asIs) ? .asIs : fits.contains(.convert) ? .convert : .no
        case (.nothing, .optional): return .asIs
        case (.optional(let inner), .optional(let wanted)): return fit(inner, into: wanted)
        case (.optional(let inner), _): return fit(inner, into: slot) == .no ? .no : .convert
        case (_, .optional(let wanted)): return fit(type, into: wanted)
        case (.list(let inner), .list(let wanted)): return fit(inner, into: wanted)
        case (_, .list(let wanted)): return fit(type, into: wanted) == .no ? .no : .convert
        case (.record(let given), .record(let wanted)):
            return wanted.name == nil || given.name == wanted.name ? .asIs : .no
        case (.int, .decimal), (.id, .id(nil)): return .convert
        case (.string, _): return isReadable(slot) ? .convert : .no
        case (_, .string), (_, .path): return isText(type) ? .convert : .no
        case (.choice, _): return fit(.string, into: slot)
        default: return .no
        }
    }

    /// Whether a text can be read as the type.
    static func isReadable(_ type: ValueType) -> Bool {
        switch type {
        case .bool, .int, .decimal, .string, .phone, .money, .duration, .time, .rate, .path, .provider, .id, .choice:
            true
        default: false
        }
    }

    /// Whether a value of the type has a text of its own.
    static func isText(_ type: ValueType) -> Bool {
        switch type.unwrapped {
        case .secret, .list, .record, .schema, .fieldPath, .nothing: false
        default: true
        }
    }

    static func comparable(_ left: ValueType, _ right: ValueType) -> Bool {
        let (left, right) = (left.unwrapped, right.unwrapped)
        if left == right { return left != .secret && left != .schema }
        switch (left, right) {
        case (.any, _), (_, .any), (.nothing, _), (_, .nothing): return true
        case (.secret, _), (_, .secret): return false
        case (.int, .decimal), (.decimal, .int): return true
        case (.id, .id): return true
        case (.list(let one), .list(let other)): return comparable(one, other)
        case (.record, .record): return true
        default: return isPlainText(left) && isPlainText(right)
        }
    }

    /// Types whose values are bare texts to the user.
    static func isPlainText(_ type: ValueType) -> Bool {
        switch type {
        case .string, .choice, .provider, .path: true
        default: false
        }
    }

    static func isNumber(_ type: ValueType) -> Bool { type == .int || type == .decimal }

    /// The type of `left op right`, or nil where the operator does not work on them.
    static func arithmetic(_ op: BinaryOperator, _ left: ValueType, _ right: ValueType) -> ValueType? {
        let (one, other) = (left.unwrapped, right.unwrapped)
        let result: ValueType? =
            switch (op, one, other) {
            case (_, .any, _), (_, _, .any): .any
            case (.divided, _, _) where isNumber(one) && isNumber(other): .decimal
            case (_, .int, .int): .int
            case (_, _, _) where isNumber(one) && isNumber(other): .decimal
            case (.plus, .money, .money), (.minus, .money, .money): .money
            case (.times, .money, _) where isNumber(other): .money
            case (.times, _, .money) where isNumber(one): .money
            case (.divided, .money, _) where isNumber(other): .money
            case (.plus, .duration, .duration), (.minus, .duration, .duration): .duration
            case (.times, .duration, .int), (.times, .int, .duration): .duration
            case (.minus, .time, .time): .duration
            case (.plus, .time, .duration), (.minus, .time, .duration), (.plus, .duration, .time): .time
            case (_, .nothing, _), (_, _, .nothing): .nothing
            default: nil
            }
        guard let result else { return nil }
        let mayBeNothing = left != one || right != other
        return mayBeNothing ? result.orNothing : result
    }

    /// The narrowest type that holds values of both.
    static func join(_ left: ValueType, _ right: ValueType) -> ValueType {
        if left == right { return left }
        switch (left, right) {
        case (.nothing, let other), (let other, .nothing): return other.orNothing
        case (.optional(let one), let other), (let other, .optional(let one)):
            return join(one, other.unwrapped).orNothing
        case (.int, .decimal), (.decimal, .int): return .decimal
        case (.list(let one), .list(let other)): return .list(join(one, other))
        case (.record(let one), .record(let other)) where one.name == other.name: return .record(join(one, other))
        default: return .any
        }
    }

    /// The fields that both have; others may be there, where one has more.
    private static func join(_ left: RecordType, _ right: RecordType) -> RecordType {
        let shared = left.fields.compactMap { field in
            right.type(of: field.name).map { RecordType.Field(field.name, join(field.type, $0)) }
        }
        let hasMore = shared.count < max(left.fields.count, right.fields.count)
        return RecordType(
            name: left.name, fields: shared, isOpen: left.isOpen || right.isOpen || hasMore,
            carriesUnbound: left.carriesUnbound && right.carriesUnbound)
    }
}
