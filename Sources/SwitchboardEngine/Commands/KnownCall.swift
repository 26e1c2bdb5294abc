import SwitchboardCore
public import SwitchboardLanguage

/// A call of a script that has not run yet, as far as the script's text tells what it says.
public struct KnownCall: Sendable {
    /// The arguments whose values are known, by parameter name.
    public let arguments: [String: Value]
    /// Whether every argument is known and nothing flows in; in the place of a secret stands `unknownSecret`.
    public let isWhole: Bool
    /// The files that earlier statements of the script write.
    public let written: Set<String>
    /// The data files that the run is to read; what is checked among them is what it reads.
    public let files: CheckedFiles
    /// What is registered.
    public let registry: Registry
    /// What stands for a secret that is looked up in the run; one digit, so that it fits where digits are wanted.
    static let unknownSecret = Secret("0")
    private let node: CallNode

    init(
        node: CallNode, arguments: [String: Value], isWhole: Bool, written: Set<String>, files: CheckedFiles,
        registry: Registry
    ) {
        self.node = node
        self.arguments = arguments
        self.isWhole = isWhole
        self.written = written
        self.files = files
        self.registry = registry
    }

    /// A fault of the argument, or of the whole call where that argument is not written.
    public func fault(_ code: CheckFault, _ message: String, at argument: String?, help: String? = nil) -> Diagnostic {
        let span = argument.flatMap { node.arguments[$0] }?.span ?? node.nameSpan
        return Diagnostic(code.rawValue, message, at: span, help: help)
    }

    /// The parameters that are written in the call.
    public var writtenParameters: Set<String> { Set(node.arguments.keys) }

    /// The parameters that get a value, from the text or from what flows in; nil where only the run can tell.
    public var boundParameters: Set<String>? { node.bound }

    /// Whether the argument is written, or may come from what flows in.
    public func mayHave(_ argument: String) -> Bool { node.arguments[argument] != nil || node.binding != .none }

    /// The text of an argument that is known.
    public func text(_ name: String) -> String? { arguments[name]?.plainText }

    /// The faults of the file that an argument names; none where nobody can tell its name yet, or where the script
    /// itself writes it earlier.
    public func faults(ofFile argument: String, _ read: (String) throws(DataFault) -> Void) -> [Diagnostic] {
        guard let path = text(argument), !written.contains(path) else { return [] }
        do throws(DataFault) {
            try read(path)
            return []
        } catch {
            return error.cells.map { Diagnostic($0.kind.code, $0.message(in: path), at: node.span, help: $0.help) }
        }
    }
}
