import SwitchboardLanguage

/// A tree as a short text, so that a test can compare it whole.
enum TreeText {
    static func of(_ statement: Statement) -> String {
        switch statement {
        case .param(let param):
            let value = param.defaultValue.map { " = \(of($0))" } ?? ""
            return "param \(param.name.text): \(of(param.type))\(value)\(param.help.map { " #\($0)" } ?? "")"
        case .use(let use): return "use \(use.path.text)"
        case .let(let statement):
            return "let \(statement.name.text)\(statement.type.map { ": \(of($0))" } ?? "") = \(of(statement.value))"
        case .def(let def): return of(def)
        case .if(let statement): return of(statement)
        case .for(let statement):
            return "for \(statement.name.text) in \(of(statement.sequence)) \(of(statement.body))"
        case .try(let statement):
            let name = statement.errorName.map { " \($0.text)" } ?? ""
            return "try \(of(statement.body))" + (statement.handler.map { " catch\(name) \(of($0))" } ?? "")
        case .return(let statement): return "return" + (statement.value.map { " \(of($0))" } ?? "")
        case .pipeline(let pipeline): return of(pipeline)
        }
    }

    static func of(_ def: DefStatement) -> String {
        let parameters = def.parameters.map { parameter in
            (parameter.isFlag ? "--" : "") + "\(parameter.name.text): \(of(parameter.type))"
                + (parameter.defaultValue.map { " = \(of($0))" } ?? "")
        }
        let result = def.result.map { " -> \(of($0))" } ?? ""
        return "def \(def.name.text) [\(parameters.joined(separator: ", "))]\(result) \(of(def.body))"
    }

    static func of(_ statement: IfStatement) -> String {
        let head = "if \(of(statement.condition)) \(of(statement.then))"
        switch statement.otherwise {
        case nil: return head
        case .block(let block): return "\(head) else \(of(block))"
        case .if(let other): return "\(head) else \(of(other))"
        }
    }

    static func of(_ block: Block) -> String { "{\(block.statements.map { of($0) }.joined(separator: "; "))}" }

    static func of(_ side: RightSide) -> String {
        switch side {
        case .if(let statement): of(statement)
        case .expression(let expression, let stages):
            ([of(expression)] + stages.map { of($0) }).joined(separator: " | ")
        case .pipeline(let pipeline): of(pipeline)
        }
    }

    static func of(_ pipeline: Pipeline) -> String {
        let head: String
        switch pipeline.head {
        case .operand(let operand): head = of(operand)
        case .stage(let stage): head = of(stage)
        }
        return ([head] + pipeline.stages.map { of($0) }).joined(separator: " | ")
    }

    static func of(_ stage: Stage) -> String {
        switch stage {
        case .filter(let condition, _): "where \(of(condition))"
        case .each(let name, let arguments, let body, _):
            (["each"] + [name?.text].compactMap(\.self) + arguments.map { of($0) } + [of(body)]).joined(separator: " ")
        case .block(let word, let arguments, let body, _):
            ([word.text] + arguments.map { of($0) } + [of(body)]).joined(separator: " ")
        case .call(let call): (["\(call.name.text)!"] + call.arguments.map { of($0) }).joined(separator: " ")
        }
    }

    static func of(_ argument: Argument) -> String {
        switch argument {
        case .flag(let name, let value): "--\(name.text)" + (value.map { "=\(of($0))" } ?? "")
        case .operand(let operand): of(operand)
        }
    }

    static func of(_ expression: Expression) -> String {
        switch expression {
        case .operand(let operand): of(operand)
        case .not(let inner, _): "(not \(of(inner)))"
        case .binary(let symbol, let left, let right, _): "(\(of(left)) \(symbol.rawValue) \(of(right)))"
        }
    }

    static func of(_ operand: Operand) -> String {
        switch operand {
        case .literal(let literal): return of(literal)
        case .variable(let name, let path): return "$\(name.text)\(of(path))"
        case .field(let path, _): return of(path)
        case .word(let name): return name.text
        case .list(let items, _): return "[\(items.map { of($0) }.joined(separator: " "))]"
        case .group(let value, let path, _): return "(\(of(value)))\(of(path))"
        case .braces(let entries, _):
            let texts = entries.map { entry in
                let both = [entry.value.map { of($0) }, entry.type.map { "<\(of($0))>" }]
                return "\(entry.name.text): \(both.compactMap(\.self).joined(separator: "/"))"
            }
            return "{\(texts.isEmpty ? ":" : texts.joined(separator: ", "))}"
        }
    }

    static func of(_ path: [FieldAccess]) -> String {
        path.map { ".\($0.name)\($0.isOptional ? "?" : "")" }.joined()
    }

    static func of(_ literal: Literal) -> String {
        guard case .string(let parts) = literal.kind else { return "\(literal.kind):\(literal.text)" }
        return "'" + parts.map { of($0) }.joined(separator: "+") + "'"
    }

    static func of(_ part: StringPart) -> String {
        switch part {
        case .text(let text): text
        case .variable(let name, let path): "$\(name.text)\(of(path))"
        case .field(let path, _): of(path)
        }
    }

    static func of(_ type: TypeSyntax) -> String {
        let arguments = type.arguments.map { of($0) }.joined(separator: ", ")
        return type.name.text + (arguments.isEmpty ? "" : "<\(arguments)>") + (type.isOptional ? "?" : "")
    }
}
