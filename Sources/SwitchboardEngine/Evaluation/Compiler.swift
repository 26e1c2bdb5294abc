import SwitchboardCore
import SwitchboardLanguage

/// A compiled expression; a type of its own, since functions in arrays cost a detour at every call.
struct Code: Sendable {
    private let body: @Sendable (Frame) throws -> Value

    init(_ body: @escaping @Sendable (Frame) throws -> Value) { self.body = body }

    @inline(__always) func callAsFunction(_ frame: Frame) throws -> Value { try body(frame) }
}

/// A compiled statement.
struct Action: Sendable {
    private let body: @Sendable (Frame) throws -> Course

    init(_ body: @escaping @Sendable (Frame) throws -> Course) { self.body = body }

    @inline(__always) func callAsFunction(_ frame: Frame) throws -> Course { try body(frame) }
}

/// How a run goes on behind a statement.
enum Course {
    case next
    /// Out of the block, the def or the script, whose value is in the frame.
    case leave
}

/// A compiled stage: takes what flows in and gives what flows out.
struct Passage: Sendable {
    private let body: @Sendable (Frame, Value) throws -> Value

    init(_ body: @escaping @Sendable (Frame, Value) throws -> Value) { self.body = body }

    @inline(__always) func callAsFunction(_ frame: Frame, _ value: Value) throws -> Value { try body(frame, value) }
}

/// Turns a checked program into closures, once; they run synchronously on the evaluator's threads.
struct Compiler {
    let registry: Registry
    let program: Program
    private let notes = Notes()

    init(registry: Registry, program: Program = Program()) {
        self.registry = registry
        self.program = program
    }

    /// Literals that have the form of their type and no value of it, such as a duration beyond all bounds.
    var badLiterals: [RunFault] { notes.badLiterals }

    /// What compiling the program finds, each literal once however often it is compiled.
    var refusals: [Diagnostic] {
        _ = block(program.steps)
        for (name, def) in program.defs { _ = body(of: name, def) }
        let faults = badLiterals.map(\.diagnostic).sorted { $0.span.start < $1.span.start }
        return faults.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    func refuse(_ literal: RunFault) { notes.badLiterals.append(literal) }

    /// A def's body with the places in it, compiled at its first call.
    func body(of name: String, _ def: DefNode) -> (code: Code, places: ScriptPlaces) {
        if let body = notes.bodies[name] { return body }
        let body = inside { value(of: def.body) }
        notes.bodies[name] = body
        return body
    }

    /// The places of what is compiled so far.
    var places: ScriptPlaces { notes.here }

    /// Adds to them.
    func addPlace(_ name: String, _ inner: ScriptPlaces = ScriptPlaces(), inTurns: Bool = false) {
        notes.here.add(name, inner, inTurns: inTurns)
    }

    /// Compiles what stands within a place, and returns it with the places in it.
    func inside<Compiled>(_ compile: () -> Compiled) -> (code: Compiled, places: ScriptPlaces) {
        let outer = notes.here
        notes.here = ScriptPlaces()
        defer { notes.here = outer }
        let code = compile()
        return (code, notes.here)
    }

    /// The name of a place of the script, which is what stands from the one offset to the other.
    func place(_ word: String, from start: Int, to end: Int) -> String {
        notes.names.name(word, program.source.text(Span(start, end)), at: start)
    }

    private final class Notes {
        var badLiterals: [RunFault] = []
        let names = PlaceNames()
        var here = ScriptPlaces()
        var bodies: [String: (code: Code, places: ScriptPlaces)] = [:]
    }

    // MARK: Statements

    func block(_ steps: [Step]) -> Action {
        let actions = steps.map(step)
        switch actions.count {
        case 1: return actions[0]
        case 2:
            let (first, second) = (actions[0], actions[1])
            return Action { frame in try first(frame) == .leave ? .leave : try second(frame) }
        default:
            return Action { frame in
                for action in actions where try action(frame) == .leave { return .leave }
                return .next
            }
        }
    }

    /// The value that statements give; those that reach their end give nothing.
    func value(of steps: [Step]) -> Code {
        if steps.count == 1, case .give(let node?) = steps[0] { return code(node) }
        let block = block(steps)
        return Code { frame in
            guard try block(frame) == .leave else { return .nothing }
            defer { frame.result = .nothing }
            return frame.result
        }
    }

    private func step(_ step: Step) -> Action {
        switch step {
        case .bind(let slot, let node):
            let value = code(node)
            return Action { frame in
                frame.slots[slot] = try value(frame)
                return .next
            }
        case .show(let node):
            let value = code(node)
            return Action { frame in
                let value = try value(frame)
                if !value.isNothing { frame.run.show(value) }
                return .next
            }
        case .branch(let condition, let then, let otherwise, let span):
            let (condition, then, otherwise) = (code(condition), block(then), block(otherwise))
            return Action { frame in
                let answer = try condition(frame)
                if answer.isUnknown, let plan = frame.run.plan {
                    // Where one way leaves and the other does not, the plan goes on as far as the script may.
                    let courses = try plan.bothWays(of: span, { try then(frame) }, { try otherwise(frame) })
                    return courses.contains(.next) ? .next : .leave
                }
                return try isTrue(answer, span) ? then(frame) : otherwise(frame)
            }
        case .loop(let slot, let sequence, let body, let span):
            let body = inside { block(body) }
            notes.here.addTurns(body.places)
            return loop(slot, sequence, body, span)
        case .give(let node):
            let value = node.map(code) ?? Code { _ in .nothing }
            return Action { frame in
                frame.result = try value(frame)
                return .leave
            }
        case .attempt(let body, let slot, let handler, let span):
            return attempt(block(body), slot, handler.map(block), place("try", from: span.start, to: span.end))
        }
    }

    /// Cancellation and `exit` are no errors, and go on their way; an error that nobody looks at is told.
    private func attempt(_ body: Action, _ slot: Int?, _ handler: Action?, _ name: String) -> Action {
        let source = program.source
        @Sendable func goOn(_ frame: Frame, _ error: SwitchboardError, at place: String) throws -> Course {
            if let slot { frame.slots[slot] = Value(error, at: place) }
            if let handler { return try handler(frame) }
            frame.run.note("\(place): \(error.message); the script goes on")
            return .next
        }
        return Action { frame in
            // Whoever went on after a failure goes on after it again.
            if let failure = try frame.recordedFailure(name) {
                return try goOn(frame, failure.error, at: failure.place)
            }
            do { return try body(frame) } catch let fault as RunFault where !frame.run.isCancellation(fault.error) {
                let place = source.place(of: fault.span)
                try frame.noteFailure(name, CaughtFailure(error: fault.error, place: place))
                return try goOn(frame, fault.error, at: place)
            }
        }
    }

    private func loop(
        _ slot: Int, _ sequence: Node, _ inner: (code: Action, places: ScriptPlaces), _ span: Span
    ) -> Action {
        let (body, places) = inner
        let flow: @Sendable (Frame) throws -> Flow
        if case .pipeline(let head, let stages, _) = sequence {
            flow = self.flow(head, stages, span)
        } else {
            let sequence = code(sequence)
            flow = { .value(try sequence($0)) }
        }
        return Action { frame in
            switch try flow(frame) {
            case .items(let items) where items.isRepeatable:
                try RunFault.at(span) { try frame.tellOfTurnsGone(items) { places.contains(step: $0) } }
                return try turn(items, frame, slot, body, span)
            case let flow:
                let sequence = try flow.value(in: frame)
                if case .unknown(let placeholder) = sequence, let plan = frame.run.plan {
                    frame.slots[slot] = .unknown(placeholder.item)
                    return try plan.under("for each of \(Placeholder.text)", isCondition: true) { try body(frame) }
                }
                guard case .list(let values) = sequence else {
                    throw RunFault(.invalidArgument, "'for' needs a list", span)
                }
                try frame.run.checkRows(of: .list(values), span)
                try RunFault.at(span) {
                    try frame.tellOfTurnsGone(ListItems(items: values)) { places.contains(step: $0) }
                }
                let names = TurnNames()
                for value in values {
                    try checkCancelled(frame, span)
                    frame.slots[slot] = value
                    if try frame.turn(value, names, body) == .leave { return .leave }
                }
                return .next
            }
        }
    }
}

/// Runs a loop's body for each item.
private func turn(_ items: any ItemSource, _ frame: Frame, _ slot: Int, _ body: Action, _ span: Span) throws -> Course {
    let names = TurnNames()
    if let counted = (items as? PlacedItems)?.items as? CountedItems {
        guard let bounds = counted.bounds else { return .next }
        for number in bounds {
            try checkCancelled(frame, span)
            frame.slots[slot] = .int(number)
            if try frame.turn(.int(number), names, body) == .leave { return .leave }
        }
        return .next
    }
    try items.rehearse(frame)
    var course = Course.next
    try items.forEach { item in
        try checkCancelled(frame, span)
        frame.slots[slot] = item
        course = try frame.turn(item, names, body)
        return course == .next
    }
    return course
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
