import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Writes a value as JSON text.
public enum ToJSON: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "to-json", summary: "write what flows in as one line of JSON; amounts, times and ids become texts",
        input: .whole, output: .computed(text),
        examples: [
            .init("[{a: 1, b: 2.00USD} {a: nothing}] | to-json", "[{\"a\":1,\"b\":\"2.00USD\"},{\"a\":null}]")
        ])

    private static func text(_ call: CallTypes) throws(TypeFault) -> ValueType {
        if call.holdsSecret { throw TypeFault(refusal, as: .wrongType) }
        return .string
    }

    private static let refusal = "a secret never becomes part of a text"

    /// Writes; nothing becomes `null`.
    public static func run(_ call: CommandCall) throws -> Value {
        if call.input.holdsSecret { throw SwitchboardError(.invalidArgument, refusal) }
        return .string(call.input.json)
    }
}

extension CallTypes {
    fileprivate var holdsSecret: Bool { Self.holdsSecret(input) }

    private static func holdsSecret(_ type: ValueType) -> Bool {
        switch type {
        case .secret: true
        case .list(let inner), .optional(let inner): holdsSecret(inner)
        case .record(let record): record.fields.contains { holdsSecret($0.type) }
        default: false
        }
    }
}

extension Value {
    fileprivate var holdsSecret: Bool {
        switch self {
        case .secret: true
        case .list(let values): values.contains(where: \.holdsSecret)
        case .record(let record): record.fields.contains(where: \.value.holdsSecret)
        default: false
        }
    }
}
