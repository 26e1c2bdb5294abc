public import SwitchboardEngine
public import SwitchboardLanguage

/// Opens lists inside a list.
public enum Flatten: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "flatten", summary: "put the items of the lists in a list one after another, one level deep",
        parameters: [
            Parameter("field", .positional, .fieldPath, help: "the field of each item that holds its list")
        ],
        input: .whole, output: .computed(flat),
        examples: [
            .init("[[1 2] [3] 4] | flatten", "[1 2 3 4]"),
            .init("list | group-by .status | flatten .items", "the numbers, those of one status together"),
        ])

    private static func flat(_ call: CallTypes) throws(TypeFault) -> ValueType {
        let item = try call.column("field")
        guard let inner = item.unwrapped.element else { return .list(item) }
        return .list(item == item.unwrapped ? inner : inner.orNothing)
    }

    /// Opens each list; what is none stays as it is.
    public static func run(_ call: CommandCall) throws -> Value {
        .list(try call.column("field").flatMap { if case .list(let values) = $0 { values } else { [$0] } })
    }
}
