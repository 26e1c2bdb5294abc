import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// What `floor`, `ceil` and `round` have in common: they make an int of a number; of nothing, nothing.
enum Rounding {
    /// The type of the result.
    static func type(_ call: CallTypes) throws(TypeFault) -> ValueType {
        switch call.input.unwrapped {
        case .any, .int, .decimal: return call.input == call.input.unwrapped ? .int : .optional(.int)
        case .nothing: throw TypeFault("nothing flows in", help: "put a number and a | in front")
        case let other: throw TypeFault("a number is needed, and this is \(other.withArticle)")
        }
    }

    /// Rounds what flows in.
    static func apply(_ direction: ExactDecimal.Direction, _ call: CommandCall) throws -> Value {
        switch call.input {
        case .nothing, .int: return call.input
        case .decimal(let number):
            if let whole = ExactDecimal.whole(number.value, direction) { return .int(whole) }
            throw SwitchboardError(.invalidArgument, "the result is larger than 64 bits hold")
        default: throw SwitchboardError(.invalidArgument, "a number is needed, and this is \(call.input.typeName)")
        }
    }
}
