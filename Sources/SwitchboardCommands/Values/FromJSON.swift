import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Reads a value from JSON text.
public enum FromJSON: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "from-json", summary: "read the JSON text that flows in; its texts stay texts",
        input: .eachItem, output: .computed(value),
        examples: [.init("'{\"a\": [1, 2.5, null]}' | from-json", "{a: [1 2.5 nothing]}")])

    private static func value(_ call: CallTypes) throws(TypeFault) -> ValueType {
        switch call.input.unwrapped {
        case .string, .any: return .any
        case .nothing: throw TypeFault("nothing flows in", help: "put a text and a | in front")
        case let other: throw TypeFault("a text is needed, and this is \(other.withArticle)")
        }
    }

    /// Reads; of nothing, nothing.
    public static func run(_ call: CommandCall) throws -> Value {
        switch call.input {
        case .nothing: return .nothing
        case .string(let text):
            return try Value(try parse(text))
        default: throw SwitchboardError(.invalidArgument, "a text is needed, and this is \(call.input.typeName)")
        }
    }

    private static func parse(_ text: String) throws -> JSON {
        do throws(JSON.Unreadable) { return try JSON(reading: text) } catch {
            throw SwitchboardError(.invalidArgument, "this is no JSON: \(error.reason), at byte \(error.offset + 1)")
        }
    }
}
