import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// What `sum`, `min` and `max` have in common: they look at the items or at one field of each, do not count what is
/// nothing, and make nothing where nothing else is there, as in SQL.
enum Aggregate {
    static let field = Parameter(
        "field", .positional, .fieldPath, help: "a field of each item, such as .monthly_cost; without it the items")

    /// The type of the result; a fault where values of this type cannot be treated so.
    static func type(
        _ call: CallTypes, _ deed: String, where isFine: (ValueType) -> Bool
    ) throws(TypeFault) -> ValueType {
        let type = try call.column("field")
        if isFine(type.unwrapped) { return type.orNothing }
        let name = call.fieldPaths["field"]?.first.map { "'\($0)'" } ?? "an item"
        throw TypeFault(
            "\(deed), and \(name) is \(type.unwrapped.withArticle)",
            help: type.record == nil ? nil : "name a field of it, such as .monthly_cost", at: "field", as: .wrongType)
    }

    /// The type of the value that `extreme` finds.
    static func ordered(_ call: CallTypes) throws(TypeFault) -> ValueType {
        try type(call, "values are compared that have an order") { $0.isOrdered }
    }

    /// The value that comes before all others; the first of equal ones.
    static func extreme(_ call: CommandCall, isBefore: @escaping (Int) -> Bool) -> any ItemFold {
        // The first is compared with itself, so that a value without an order is refused also where it stands alone.
        reduce(call) { value, best in isBefore(try Value.order(value, best ?? value)) ? value : best ?? value }
    }

    /// Joins the values that count to one; nothing where there is none.
    static func reduce(_ call: CommandCall, _ join: @escaping (_ value: Value, _ sofar: Value?) throws -> Value)
        -> any ItemFold
    {
        Reduction(field: call["field"]?.path, join: join)
    }

    private struct Reduction: ItemFold {
        let field: FieldPath?
        let join: (Value, Value?) throws -> Value
        var result: Value?

        mutating func take(_ item: Value) throws -> Bool {
            let value = try field.map { try item.at($0) } ?? item
            if !value.isNothing { result = try join(value, result) }
            return true
        }

        func finish() throws -> Value { result ?? .nothing }
    }
}
