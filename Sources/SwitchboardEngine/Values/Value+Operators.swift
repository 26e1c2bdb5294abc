import SwitchboardLanguage

extension Value {
    /// Adds as `+` does; throws `invalid_argument` where the values have no sum.
    public static func add(_ left: Value, _ right: Value) throws -> Value { try Operators.apply(.plus, left, right) }

    /// Takes away as `-` does; throws `invalid_argument` where the values have no difference.
    public static func subtract(_ left: Value, _ right: Value) throws -> Value {
        try Operators.apply(.minus, left, right)
    }

    /// Whether `==` says true, which it does of nothing and nothing too.
    ///
    /// Throws `invalid_argument` where it is a mistake to compare such values.
    public static func areEqual(_ left: Value, _ right: Value) throws -> Bool {
        try Operators.apply(.equal, left, right) == .bool(true)
    }
}
