/// A script that has passed the check: names are resolved to slots, arguments to parameters.
public struct Program: Sendable {
    /// Makes an empty program.
    public init() {}

    /// The script's own parameters.
    public var parameters: [ProgramParameter] = []
    /// The text that the spans point into, the files that it uses included.
    public var source = SourceText(name: "", bytes: [])
    /// The secrets that are written into it.
    public var secrets = SecretPlaces()
    /// The script's defs and uses as written.
    public var definitions: [String] = []
    /// The statements in order.
    public var steps: [Step] = []
    /// The commands that the script defines, by name.
    public var defs: [String: DefNode] = [:]
    /// How many variable slots a run needs.
    public var slotCount = 0
    /// The strongest effect of all its commands.
    public var effect = EffectClass.pure
    /// The providers that it names.
    public var providers: Set<String> = []
    /// The type of what is shown, where the script is one pipeline; nil where it is anything else.
    public var shown: ValueType?
    /// The names that the script binds at its top level.
    public var topNames: [(name: String, slot: Int, type: ValueType)] = []
    /// What `let` binds, by slot, for values that are known before the run.
    public var constants: [Int: Node] = [:]
    /// The calls whose rows go straight into a stage that runs them one by one, with that stage.
    public var rowSources: [(source: CallNode, rows: RowPlan)] = []
    /// The calls whose fields bind by name to a command, as the run finds out, with that command's call.
    public var fieldSources: [(source: CallNode, call: CallNode)] = []
    /// Every call in order of appearance, nested ones included, for checks of the host's own before the run.
    public var calls: [CallNode] = []
    /// The calls that are only explained.
    public var explained: [CallNode] = []
}

/// A `param` of a script.
public struct ProgramParameter: Sendable {
    /// The name.
    public var name: String
    /// The type.
    public var type: ValueType
    /// nil where a value has to be given.
    public var defaultValue: Node?
    /// The comment behind it.
    public var help: String?
    /// The slot that holds it.
    public var slot: Int
    /// Where it stands.
    public var span: Span
}

/// A `def`, checked.
public struct DefNode: Sendable {
    /// How calls bind to it.
    public var signature: CommandSignature
    /// The slots and default values of its parameters, in the signature's order.
    public var parameters: [(slot: Int, defaultValue: Node?)]
    /// The statements that a call runs; the value of the call is what they give.
    public var body: [Step]
}

/// One statement, checked.
public indirect enum Step: Sendable {
    case bind(slot: Int, Node)
    /// A value that nothing consumes and that is therefore shown.
    case show(Node)
    case branch(condition: Node, then: [Step], otherwise: [Step], span: Span)
    case loop(slot: Int, sequence: Node, body: [Step], span: Span)
    /// Ends the def, the script or the block whose value this is; nil gives `nothing`.
    case give(Node?)
    /// Runs the handler where the body fails, with the error in the slot; without one, goes on.
    case attempt(body: [Step], slot: Int?, handler: [Step]?, span: Span)
}

/// One expression, checked.
public indirect enum Node: Sendable {
    /// A source text to be read as a type: `0415` as a string keeps its zero.
    case literal(text: String, type: ValueType, span: Span)
    case string([Node], span: Span)
    /// A piece of text in a string.
    case text(String)
    case slot(Int, span: Span)
    /// The item that flows into a `where`.
    case item(span: Span)
    case field(Node, name: String, isOptional: Bool, span: Span)
    case list([Node], span: Span)
    case record([(name: String, value: Node)], type: RecordType, span: Span)
    case schema(RecordType)
    case fieldPath(FieldPath)
    case not(Node, span: Span)
    case binary(BinaryOperator, Node, Node, span: Span)
    case pipeline(head: Node?, stages: [StageNode], span: Span)
    /// The value that one of the two blocks gives.
    case branch(condition: Node, then: [Step], otherwise: [Step], span: Span)
    /// A value whose type is only known at run time, read as what its slot needs.
    case convert(Node, to: ValueType, span: Span)

    /// Where it stands.
    public var span: Span {
        switch self {
        case .text, .schema, .fieldPath: Span(0, 0)
        case .literal(_, _, let span), .string(_, let span), .slot(_, let span), .item(let span),
            .field(_, _, _, let span), .list(_, let span), .record(_, _, let span), .not(_, let span),
            .binary(_, _, _, let span), .pipeline(_, _, let span), .branch(_, _, _, let span),
            .convert(_, _, let span):
            span
        }
    }
}

extension Node {
    /// The text of a value that is written outright.
    public var literalText: String? {
        switch self {
        case .literal(let text, _, _): text
        case .string(let pieces, _):
            pieces.reduce("") { text, piece in
                guard let text, case .text(let more) = piece else { return nil }
                return text + more
            }
        default: nil
        }
    }
}

/// One stage, checked.
public enum StageNode: Sendable {
    case filter(Node, span: Span)
    case call(CallNode)
    /// Runs the block for each item, which is in the slot; the block's value is the item's.
    case each(slot: Int?, body: [Step], rows: RowPlan)
    case block(BlockNode)
}

/// How the rows of a list are run.
public struct RowPlan: Sendable {
    /// The values of the flags that are given, by name.
    public var flags: [String: Node]
    /// Whether each row yields its columns with what became of it, not its value.
    public var isCollected: Bool
    /// Whether a `report` follows, which gets the rows however they end.
    public var isReported: Bool
    /// The strongest effect of what is done for a row.
    public var effect = EffectClass.pure
    /// The word in the text that the rows belong to.
    public var span: Span

    /// The field that names a row, where it is said.
    public var key: FieldPath? { if case .fieldPath(let path)? = flags["key"] { path } else { nil } }
}

/// One call, checked.
public struct CallNode: Sendable {
    /// The command's name.
    public var command: String
    /// The values of the parameters given in the text.
    public var arguments: [String: Node]
    /// How what flows in reaches the parameters.
    public var binding: InputBinding
    /// What flows in; nil at the head of a pipeline.
    public var input: ValueType?
    /// How the rows are run, where something is said about that.
    public var rows: RowPlan?
    /// What comes out, mapped over a list where one flows in.
    public var output: ValueType
    /// The command's words and arguments.
    public var span: Span
    /// Only the command's words.
    public var nameSpan: Span
}

/// How what flows into a call reaches its parameters.
public enum InputBinding: Hashable, Sendable {
    /// Nothing flows in.
    case none
    /// The value or the item goes to the command as it is.
    case whole
    /// The item is the value of this parameter.
    case main(String)
    /// Fields of the record are the values of parameters, by parameter name.
    case fields([String: String])
    /// The item's type is known at run time only; the rules of binding apply then.
    case late
}
