import SwitchboardCore
import SwitchboardLanguage

/// A compiled expression; a type of its own, since functions in arrays cost a detour at every call.
struct Code {
    private let body: (Frame) throws -> Value

    init(_ body: @escaping (Frame) throws -> Value) { self.body = body }

    @inline(__always) func callAsFunction(_ frame: Frame) throws -> Value { try body(frame) }
}

/// A compiled statement.
struct Action {
    private let body: (Frame) throws -> Void

    init(_ body: @escaping (Frame) throws -> Void) { self.body = body }

    @inline(__always) func callAsFunction(_ frame: Frame) throws { try body(frame) }
}

/// A compiled stage: takes what flows in and gives what flows out.
struct Passage {
    private let body: (Frame, Value) throws -> Value

    init(_ body: @escaping (Frame, Value) throws -> Value) { self.body = body }

    @inline(__always) func callAsFunction(_ frame: Frame, _ value: Value) throws -> Value { try body(frame, value) }
}

/// Turns a checked program into closures, once; they run synchronously on the evaluator's threads.
struct Compiler {
    let registry: Registry
    /// Literals that have the form of their type and no value of it, such as a duration beyond all bounds.
    let badLiterals = BadLiterals()

    final class BadLiterals {
        var faults: [RunFault] = []
    }

    // MARK: Statements

    func block(_ steps: [Step]) -> Action {
        let actions = steps.map(step)
        switch actions.count {
        case 1: return actions[0]
        case 2:
            let (first, second) = (actions[0], actions[1])
            return Action { frame in
                try first(frame)
                try second(frame)
            }
        default: return Action { frame in for action in actions { try action(frame) } }
        }
    }

    private func step(_ step: Step) -> Action {
        switch step {
        case .bind(let slot, let node):
            let value = code(node)
            return Action { $0.slots[slot] = try value($0) }
        case .show(let node):
            let value = code(node)
            return Action { frame in
                let value = try value(frame)
                if !value.isNothing { frame.run.show(value) }
            }
        case .branch(let condition, let then, let otherwise, let span):
            let (condition, then, otherwise) = (code(condition), block(then), block(otherwise))
            return Action { frame in
                try isTrue(try condition(frame), span) ? then(frame) : otherwise(frame)
            }
        case .loop(let slot, let sequence, let body, let span): return loop(slot, sequence, block(body), span)
        }
    }

    private func loop(_ slot: Int, _ sequence: Node, _ body: Action, _ span: Span) -> Action {
        if let bounds = bounds(sequence) {
            return Action { frame in
                guard let bounds = try bounds(frame) else { return }
                for number in bounds {
                    try checkCancelled(frame, span)
                    frame.slots[slot] = .int(number)
                    try body(frame)
                }
            }
        }
        let sequence = code(sequence)
        return Action { frame in
            guard case .list(let values) = try sequence(frame) else {
                throw RunFault(.invalidArgument, "'for' needs a list", span)
            }
            for value in values {
                try checkCancelled(frame, span)
                frame.slots[slot] = value
                try body(frame)
            }
        }
    }
}

@inline(__always)
func checkCancelled(_ frame: Frame, _ span: Span) throws {
    if frame.run.cancel.isCancelled { try RunFault.at(span) { try frame.run.checkCancelled() } }
}

/// Only true acts; nothing and false do not.
func isTrue(_ value: Value, _ span: Span) throws -> Bool {
    switch value {
    case .bool(let flag): flag
    case .nothing: false
    default: throw RunFault(.invalidArgument, "a condition is true or false, and this is \(value.typeName)", span)
    }
}
