import SwitchboardCore
import SwitchboardLanguage

/// What one run of a program works on: the variables and the item that flows in.
final class Frame {
    var slots: [Value]
    var item: Value = .nothing
    /// How many rows the filters of the pipeline have dropped because their condition was nothing.
    var unknownRows = 0
    let run: RunSession

    init(slotCount: Int, run: RunSession) {
        slots = Array(repeating: .nothing, count: slotCount)
        self.run = run
    }
}

/// A compiled expression or statement.
typealias Code<Result> = (Frame) throws -> Result

/// A failure at run time, with its place in the script.
struct RunFault: Error {
    var error: SwitchboardError
    var span: Span

    /// Runs the body; a failure without a place gets this one.
    static func at<Result>(_ span: Span, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let fault as RunFault { throw fault } catch {
            throw RunFault(error: SwitchboardError(wrapping: error), span: span)
        }
    }
}

/// Turns a checked program into closures, once; they run synchronously on the evaluator's thread.
struct Compiler {
    let registry: Registry
    /// Literals that have the form of their type and no value of it, such as a duration beyond all bounds.
    let badLiterals = BadLiterals()

    final class BadLiterals {
        fileprivate(set) var faults: [RunFault] = []
    }

    func block(_ steps: [Step]) -> Code<Void> {
        let codes = steps.map(step)
        return { frame in for code in codes { try code(frame) } }
    }

    private func step(_ step: Step) -> Code<Void> {
        switch step {
        case .bind(let slot, let node):
            let value = code(node)
            return { $0.slots[slot] = try value($0) }
        case .show(let node):
            let value = code(node)
            return { frame in
                let value = try value(frame)
                if !value.isNothing { frame.run.show(value) }
            }
        case .branch(let condition, let then, let otherwise, let span):
            let (condition, then, otherwise) = (code(condition), block(then), block(otherwise))
            return { frame in
                try isTrue(try condition(frame), span) ? then(frame) : otherwise(frame)
            }
        case .loop(let slot, let sequence, let body, let span):
            let (sequence, body) = (code(sequence), block(body))
            return { frame in
                guard case .list(let values) = try sequence(frame) else {
                    throw fault(.invalidArgument, "'for' needs a list", span)
                }
                for value in values {
                    try RunFault.at(span) { try frame.run.checkCancelled() }
                    frame.slots[slot] = value
                    try body(frame)
                }
            }
        }
    }

    // MARK: Expressions

    func code(_ node: Node) -> Code<Value> {
        switch node {
        case .literal(let text, let type, let span):
            let value = Result { try RunFault.at(span) { try Value.read(text, as: type) } }
            if case .failure(let fault as RunFault) = value { badLiterals.faults.append(fault) }
            return { _ in try value.get() }
        case .text(let text): return { _ in .string(text) }
        case .string(let pieces, let span):
            let codes = pieces.map(code)
            return { frame in .string(try codes.map { try text(try $0(frame), span) }.joined()) }
        case .slot(let slot, _): return { $0.slots[slot] }
        case .item: return { $0.item }
        case .field(let node, let name, let isOptional, let span):
            return field(code(node), name, isOptional, span)
        case .list(let nodes, _):
            let codes = nodes.map(code)
            return { frame in .list(try codes.map { try $0(frame) }) }
        case .record(let fields, _, _):
            let codes = fields.map { ($0.name, code($0.value)) }
            return { frame in .record(Record(nil, try codes.map { .init($0, try $1(frame)) })) }
        case .schema(let type): return { _ in .schema(type) }
        case .fieldPath(let path): return { _ in .fieldPath(path) }
        case .not(let node, let span):
            let value = code(node)
            return { frame in
                switch try value(frame) {
                case .bool(let flag): .bool(!flag)
                case .nothing: .nothing
                default: throw fault(.invalidArgument, "'not' needs true or false", span)
                }
            }
        case .binary(let op, let left, let right, let span): return binary(op, code(left), code(right), span)
        case .branch(let condition, let then, let otherwise, let span):
            let (condition, then, otherwise) = (code(condition), valueBlock(then), valueBlock(otherwise))
            return { frame in try isTrue(try condition(frame), span) ? then(frame) : otherwise(frame) }
        case .convert(let node, let type, let span):
            let value = code(node)
            return { frame in
                let value = try value(frame)
                return try RunFault.at(span) { try value.converted(to: type) }
            }
        case .pipeline(let head, let stages, _): return pipeline(head, stages)
        }
    }

    private func valueBlock(_ block: BlockNode) -> Code<Value> {
        let (steps, value) = (self.block(block.steps), block.value.map(code))
        return { frame in
            try steps(frame)
            return try value?(frame) ?? .nothing
        }
    }

    private func field(_ value: @escaping Code<Value>, _ name: String, _ isOptional: Bool, _ span: Span) -> Code<Value>
    {
        { frame in
            switch try value(frame) {
            case .record(let record):
                if let found = record[name] { return found }
                if isOptional { return .nothing }
                throw fault(.invalidArgument, "no field '\(name)' on this record", span)
            case .nothing: return .nothing
            case let other: throw fault(.invalidArgument, "\(other.typeName) has no field '\(name)'", span)
            }
        }
    }

    private func binary(
        _ op: BinaryOperator, _ left: @escaping Code<Value>, _ right: @escaping Code<Value>, _ span: Span
    ) -> Code<Value> {
        switch op {
        case .and, .or:
            let decided = op == .or
            return { frame in
                let one = try left(frame)
                if one == .bool(decided) { return one }
                let other = try right(frame)
                if other == .bool(decided) { return other }
                return one.isNothing || other.isNothing ? .nothing : .bool(!decided)
            }
        case .orElse:
            return { frame in
                let value = try left(frame)
                return value.isNothing ? try right(frame) : value
            }
        default:
            return { frame in
                let (one, other) = (try left(frame), try right(frame))
                return try RunFault.at(span) { try Operators.apply(op, one, other) }
            }
        }
    }
}

/// Only true acts; nothing and false do not.
func isTrue(_ value: Value, _ span: Span) throws -> Bool {
    switch value {
    case .bool(let flag): flag
    case .nothing: false
    default: throw fault(.invalidArgument, "a condition is true or false, and this is \(value.typeName)", span)
    }
}

/// What a value adds to a string around it.
private func text(_ value: Value, _ span: Span) throws -> String {
    if case .secret = value { throw fault(.invalidArgument, "a secret never becomes part of a text", span) }
    return value.spokenText
}

func fault(_ code: ErrorCode, _ message: String, _ span: Span) -> RunFault {
    RunFault(error: SwitchboardError(code, message), span: span)
}
