import SwitchboardCore
import SwitchboardLanguage

extension Compiler {
    func code(_ node: Node) -> Code {
        switch node {
        case .literal(let text, let type, let span): return literal(text, type, span)
        case .text(let text): return Code { _ in .string(text) }
        case .string(let pieces, let span): return string(pieces, span)
        case .slot(let slot, _): return Code { $0.slots[slot] }
        case .item: return Code { $0.item }
        case .field(let node, let name, let isOptional, let span):
            let field = Field(name, isOptional: isOptional, at: span)
            if case .slot(let slot, _) = node { return Code { try field.value(of: $0.slots[slot]) } }
            let value = code(node)
            return Code { try field.value(of: try value($0)) }
        case .list(let nodes, _):
            let codes = nodes.map(code)
            return Code { frame in .list(try codes.map { try $0(frame) }) }
        case .record(let fields, _, _):
            let codes = fields.map { (name: $0.name, value: code($0.value)) }
            return Code { frame in .record(Record(nil, try codes.map { .init($0.name, try $0.value(frame)) })) }
        case .schema(let type): return Code { _ in .schema(type) }
        case .fieldPath(let path): return Code { _ in .fieldPath(path) }
        case .not(let node, let span): return not(code(node), span)
        case .binary(let op, let left, let right, let span): return binary(op, left, right, span)
        case .branch(let condition, let then, let otherwise, let span):
            let (condition, then, otherwise) = (code(condition), value(of: then), value(of: otherwise))
            return Code { frame in
                let answer = try condition(frame)
                if answer.isUnknown, let plan = frame.run.plan {
                    return PlanSession.joined(
                        try plan.bothWays(of: span, { try then(frame) }, { try otherwise(frame) }))
                }
                return try isTrue(answer, span) ? then(frame) : otherwise(frame)
            }
        case .convert(let node, let type, let span):
            let value = code(node)
            return Code { frame in
                let value = try value(frame)
                return try RunFault.at(span) { try value.converted(to: type) }
            }
        case .pipeline(let head, let stages, let span): return pipeline(head, stages, span)
        }
    }

    private func literal(_ text: String, _ type: ValueType, _ span: Span) -> Code {
        do {
            let value = try Value.read(text, as: type)
            return Code { _ in value }
        } catch {
            let fault = RunFault(error: SwitchboardError(wrapping: error), span: span)
            refuse(fault)
            return Code { _ in throw fault }
        }
    }

    private func string(_ pieces: [Node], _ span: Span) -> Code {
        if case .text(let text)? = pieces.first, pieces.count == 1 { return Code { _ in .string(text) } }
        let codes = pieces.map(code)
        return Code { frame in
            var text = ""
            for code in codes {
                let value = try code(frame)
                if value.isUnknown { return .unknown(Placeholder(.string)) }
                text += try spoken(value, span)
            }
            return .string(text)
        }
    }

    private func not(_ value: Code, _ span: Span) -> Code {
        Code { frame in
            switch try value(frame) {
            case .bool(let flag): .bool(!flag)
            case .nothing: .nothing
            case .unknown(let placeholder): .unknown(placeholder)
            default: throw RunFault(.invalidArgument, "'not' needs true or false", span)
            }
        }
    }
}

/// What a value adds to a string around it.
private func spoken(_ value: Value, _ span: Span) throws -> String {
    if case .secret = value { throw RunFault(.invalidArgument, "a secret never becomes part of a text", span) }
    return value.spokenText
}
