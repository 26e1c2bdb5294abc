/// What checked statements would do: who binds what, the types between the stages, effects, and what takes them back.
///
/// Nothing is run or asked for it. Its lines have at most 100 columns.
public struct Explanation: Sendable {
    /// The most columns of a line.
    static let width = 100

    /// The lines, in order.
    public private(set) var lines: [String] = []
    let program: Program
    let vocabulary: Vocabulary
    /// How deep the statement that is being told stands in others.
    private var depth = 0
    /// The defs that are told already.
    private var told: Set<String> = []
    private var effects: Set<EffectClass> = []

    /// Tells of statements of a program.
    public init(of steps: [Step], in program: Program, vocabulary: Vocabulary) {
        self.program = program
        self.vocabulary = vocabulary
        tell(steps)
        let words = [.reads, .changes, .spends, .irreversible].filter(effects.contains).map(\EffectClass.word)
        line("in all: \(words.isEmpty ? EffectClass.pure.word : words.joined(separator: ", ")); nothing of it was done")
    }

    /// Tells of a whole program.
    public init(of program: Program, vocabulary: Vocabulary) {
        self.init(of: program.steps, in: program, vocabulary: vocabulary)
    }

    /// The lines as one text.
    public var text: String { lines.joined(separator: "\n") }

    // MARK: Lines

    /// Adds a text; where it is too long, on several lines.
    mutating func line(_ text: String, hanging: Int = 2) {
        let indent = String(repeating: " ", count: 2 * depth)
        var line = indent
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if line.count + word.count > Self.width, line.count > indent.count + hanging {
                lines.append(line.trimmingEnd())
                line = indent + String(repeating: " ", count: hanging)
            }
            line += word + " "
        }
        lines.append(line.trimmingEnd())
    }

    mutating func inside(_ body: (inout Explanation) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }

    mutating func note(_ effect: EffectClass) { effects.insert(effect) }

    // MARK: Statements

    mutating func tell(_ steps: [Step]) { steps.forEach { tell($0) } }

    private mutating func tell(_ step: Step) {
        switch step {
        case .bind(_, let node), .show(let node), .give(let node?): tell(node)
        case .give(nil): break
        case .branch(let condition, let then, let otherwise, _): branch(condition, then, otherwise)
        case .loop(_, let sequence, let body, _):
            line("for each of \(spelling(of: sequence))")
            inside { telling in
                telling.tellNested(in: sequence)
                telling.tell(body)
            }
        case .attempt(let body, _, let handler, _):
            line("try")
            inside { $0.tell(body) }
            guard let handler else { return }
            line("catch")
            inside { $0.tell(handler) }
        }
    }

    private mutating func branch(_ condition: Node, _ then: [Step], _ otherwise: [Step]) {
        line("if \(spelling(of: condition))")
        inside { telling in
            telling.tellNested(in: condition)
            telling.tell(then)
        }
        guard !otherwise.isEmpty else { return }
        line("else")
        inside { $0.tell(otherwise) }
    }

    private mutating func tell(_ node: Node) {
        switch node {
        case .pipeline(let head, let stages, _):
            if let head { tell(head) }
            for stage in stages { tell(stage) }
        case .branch(let condition, let then, let otherwise, _): branch(condition, then, otherwise)
        default:
            line("the value \(spelling(of: node))")
            inside { $0.tellNested(in: node) }
        }
    }

    /// Tells of the pipelines that a value is made of.
    mutating func tellNested(in node: Node) {
        switch node {
        case .pipeline, .branch: tell(node)
        case .field(let inner, _, _, _), .not(let inner, _), .convert(let inner, _, _): tellNested(in: inner)
        case .list(let nodes, _), .string(let nodes, _): nodes.forEach { tellNested(in: $0) }
        case .record(let fields, _, _): fields.forEach { tellNested(in: $0.value) }
        case .binary(_, let left, let right, _): [left, right].forEach { tellNested(in: $0) }
        case .literal, .text, .slot, .item, .schema, .fieldPath: break
        }
    }

    // MARK: Stages

    private mutating func tell(_ stage: StageNode) {
        switch stage {
        case .filter(let condition, _):
            line("where \(spelling(of: condition))")
            inside { telling in
                telling.line("keeps the items for which that is true")
                telling.tellNested(in: condition)
            }
        case .call(let call): tell(call)
        case .each(_, let body, let rows):
            line((["each"] + flags(rows.flags)).joined(separator: " "))
            inside { $0.tell(body) }
        case .block(let block):
            line(([block.kind.rawValue] + flags(block.flags)).joined(separator: " "))
            if block.kind != .explain { inside { $0.tell(block.body) } }
        }
    }

    /// The flags with their values, in order of name.
    func flags(_ flags: [String: Node]) -> [String] {
        flags.sorted { $0.key < $1.key }.map { "--\($0.key) \(spelling(of: $0.value))" }
    }

    /// Tells what a def does, once.
    mutating func tellBody(of def: DefNode) {
        guard told.insert(def.signature.name).inserted else { return line("which is told above") }
        inside { $0.tell(def.body) }
    }
}

extension String {
    fileprivate func trimmingEnd() -> String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
