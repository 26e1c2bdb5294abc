import SwitchboardCore
public import SwitchboardLanguage

/// A command: one declaration that the checker, help, completion, the reference and the tests read, and one `run`.
public protocol Command: Sendable {
    /// What the language knows of it.
    static var signature: CommandSignature { get }

    /// The secrets that it may need; those of the accounts where it has effects or needs a capability.
    static var secrets: SecretNeed { get }

    /// The signature in a program with these plugins; differs from `signature` only where a plugin's own declarations
    /// become flags.
    static func signature(with plugins: [Plugin]) -> CommandSignature

    /// What a call lacks, as far as the script's text tells it; found before the script's first effect.
    static func fault(in call: CallNode) -> TypeFault?

    /// What is wrong with what a call is known to be told, such as a file that holds no trunk; found before the
    /// script's first effect. Reads files and nothing else.
    static func faults(before call: KnownCall) -> [Diagnostic]

    /// Executes one call on the evaluator's thread.
    static func run(_ call: CommandCall) throws -> Value
}

extension Command {
    /// Those of the accounts for a command that is known to ask providers.
    public static var secrets: SecretNeed {
        let effects = (self as? any ChangingCommand.Type)?.effects ?? []
        return effects.isEmpty && signature.capability == nil ? .nothing : .accounts
    }

    /// The signature, whatever is registered.
    public static func signature(with plugins: [Plugin]) -> CommandSignature { signature }

    /// Nothing that the signature does not tell already.
    public static func fault(in call: CallNode) -> TypeFault? { nil }

    /// Nothing but what is found for every command: files that are read or written, agents that are not there.
    public static func faults(before call: KnownCall) -> [Diagnostic] { [] }
}

extension CallNode {
    /// The parameters that get a value, from the text or from what flows in; nil where only the run can tell.
    public var bound: Set<String>? {
        let written = Set(arguments.keys)
        switch binding {
        case .late: return nil
        case .none, .whole: return written
        case .main(let name): return written.union([name])
        case .fields(let fields): return written.union(fields.keys)
        }
    }
}

/// One call of a command: its arguments, bound and of their types, and the run it belongs to.
public struct CommandCall: Sendable {
    /// The values by parameter name; a parameter that is not given is not there.
    public let arguments: [String: Value]
    /// The whole value that flows in, for commands that take it whole.
    public let input: Value
    /// The names of the columns of what flows in item by item, where they are known before the first; else empty.
    public let columnNames: [String]
    /// What the condition of an `assert` has compared, such as `0 == 1`, where it is a comparison that is not true.
    public let compared: String?
    /// The run.
    public let run: RunSession

    /// Makes a call.
    public init(
        arguments: [String: Value], input: Value = .nothing, columnNames: [String] = [], compared: String? = nil,
        run: RunSession
    ) {
        self.arguments = arguments
        self.input = input
        self.columnNames = columnNames
        self.compared = compared
        self.run = run
    }

    /// An argument that is given and not nothing.
    public subscript(name: String) -> Value? {
        guard let value = arguments[name], !value.isNothing else { return nil }
        return value
    }

    /// Whether a toggle is set.
    public func isSet(_ name: String) -> Bool { self[name] == .bool(true) }

    /// The text of an argument.
    public func text(_ name: String) -> String? { self[name]?.plainText }

    /// A whole number.
    public func int(_ name: String) -> Int? {
        if case .int(let number)? = self[name] { Int(exactly: number) } else { nil }
    }

    /// A list's values; of a single value a list of one.
    public func list(_ name: String) -> [Value]? {
        switch self[name] {
        case nil: nil
        case .list(let values)?: values
        case let value?: [value]
        }
    }

    /// The text of an argument that the check has made sure is there.
    public func required(_ name: String) throws -> String {
        guard let text = text(name) else {
            throw SwitchboardError(.invalidArgument, "'\(name)' is needed and is nothing")
        }
        return text
    }

    /// The items that flow in: of a list its values, of one value itself.
    public var items: [Value] {
        switch input {
        case .nothing: []
        case .list(let values): values
        case let value: [value]
        }
    }
}
