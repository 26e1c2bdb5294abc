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

    /// The values that count.
    static func values(_ call: CommandCall) throws -> [Value] {
        try call.column("field").filter { !$0.isNothing }
    }

    /// The type of the value that `extreme` finds.
    static func ordered(_ call: CallTypes) throws(TypeFault) -> ValueType {
        try type(call, "values are compared that have an order") { $0.isOrdered }
    }

    /// The value that comes before all others; the first of equal ones.
    static func extreme(_ call: CommandCall, isBefore: (Int) -> Bool) throws -> Value {
        let values = try values(call)
        guard let first = values.first else { return .nothing }
        // The first is compared with itself, so that a value without an order is refused also where it stands alone.
        return try values.reduce(first) { best, value in isBefore(try Value.order(value, best)) ? value : best }
    }
}
