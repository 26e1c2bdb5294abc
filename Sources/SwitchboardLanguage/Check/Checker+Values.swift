/// What a `return` ends.
enum ReturnTarget {
    case script, def
    /// It stands inside a value.
    case nothing
}

extension Checker {
    /// Statements whose last one gives a value; the type is nil where their end is never reached.
    mutating func tail(_ statements: [Statement]) -> (steps: [Step], type: ValueType?) {
        inScope { checker in
            guard let last = statements.last else { return ([], .nothing) }
            let steps = checker.statements(Array(statements.dropLast()))
            let (end, type) = checker.tail(last)
            return (steps + end, type)
        }
    }

    private mutating func tail(_ statement: Statement) -> (steps: [Step], type: ValueType?) {
        switch statement {
        case .pipeline(let pipeline):
            let value = self.pipeline(pipeline)
            return ([.give(given(value, at: pipeline.span))], value.type)
        case .if(let statement):
            let condition = condition(statement.condition)
            let (then, thenType) = tail(statement.then.statements)
            let (otherwise, otherType): ([Step], ValueType?) =
                switch statement.otherwise {
                case nil: ([], .nothing)
                case .block(let block): tail(block.statements)
                case .if(let inner): tail(.if(inner))
                }
            let step = Step.branch(condition: condition, then: then, otherwise: otherwise, span: statement.span)
            return ([step], Self.join(thenType, otherType))
        case .try(let statement):
            let (body, bodyType) = tail(statement.body.statements)
            return inScope { checker in
                let slot = statement.errorName.map { checker.bind($0, .record(.error)) }
                let handler = statement.handler.map { checker.tail($0.statements) }
                let step = Step.attempt(body: body, slot: slot, handler: handler?.steps, span: statement.span)
                return ([step], Self.join(bodyType, handler.map(\.type) ?? .nothing))
            }
        case .return: return (step(statement).map { [$0] } ?? [], nil)
        default: return (step(statement).map { [$0] } ?? [], .nothing)
        }
    }

    static func join(_ one: ValueType?, _ other: ValueType?) -> ValueType? {
        guard let one, let other else { return one ?? other }
        return TypeRules.join(one, other)
    }

    /// A value that a def gives, made to fit the type that it declares.
    private mutating func given(_ value: (node: Node, type: ValueType), at span: Span) -> Node {
        guard returns == .def, let declared = defs.current.declaredResult else { return value.node }
        return coerce(value.node, value.type, into: declared, at: span)
    }

    mutating func `return`(_ statement: ReturnStatement) -> Step? {
        let value = statement.value.map { rightSide($0) }
        switch returns {
        case .nothing:
            report(
                .returnPlace, "'return' ends a def or the script, and this block stands inside a value",
                at: Span(statement.span.start, statement.span.start + "return".utf8.count))
            return nil
        case .script: return .give(value?.node)
        case .def:
            defs.current.returned = Self.join(defs.current.returned, value?.type ?? .nothing)
            return .give(value.map { given($0, at: statement.span) })
        }
    }
}
