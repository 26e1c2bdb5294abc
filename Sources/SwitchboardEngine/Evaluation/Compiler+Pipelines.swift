import SwitchboardCore
import SwitchboardLanguage

extension Compiler {
    func pipeline(_ head: Node?, _ stages: [StageNode]) -> Code<Value> {
        let head = head.map(code)
        let codes = stages.map(stage)
        return { frame in
            let outer = frame.unknownRows
            defer { frame.unknownRows = outer }
            frame.unknownRows = 0
            var value = try head?(frame) ?? .nothing
            for code in codes { value = try code(frame, value) }
            return value
        }
    }

    private func stage(_ stage: StageNode) -> (Frame, Value) throws -> Value {
        switch stage {
        case .filter(let node, let span): return filter(code(node), span)
        case .call(let call): return self.call(call)
        }
    }

    private func filter(_ condition: @escaping Code<Value>, _ span: Span) -> (Frame, Value) throws -> Value {
        { frame, input in
            let outer = frame.item
            defer { frame.item = outer }
            func keeps(_ value: Value) throws -> Bool {
                frame.item = value
                let answer = try condition(frame)
                if answer.isNothing { frame.unknownRows += 1 }
                return try isTrue(answer, span)
            }
            switch input {
            case .list(let values): return .list(try values.filter(keeps))
            case .nothing: return .nothing
            default: return try keeps(input) ? input : .nothing
            }
        }
    }

    private func call(_ node: CallNode) -> (Frame, Value) throws -> Value {
        guard let command = registry.commands[node.command] else {
            return { _, _ in throw fault(.internal, "the command '\(node.command)' is gone", node.nameSpan) }
        }
        let arguments = node.arguments.mapValues(code)
        let signature = command.signature
        let binder = InputBinder(signature: signature, binding: node.binding)
        return { frame, input in
            func callOnce(_ item: Value) throws -> Value {
                let outer = frame.item
                defer { frame.item = outer }
                if !item.isNothing { frame.item = item }
                var values = try arguments.mapValues { try $0(frame) }
                return try RunFault.at(node.nameSpan) {
                    try frame.run.checkCancelled()
                    try binder.bind(item, into: &values)
                    return try UnknownRows.told(frame.unknownRows) {
                        try command.run(CommandCall(arguments: values, input: item, run: frame.run))
                    }
                }
            }
            guard signature.input.isMapped, case .list(let items) = input else { return try callOnce(input) }
            let results = try items.map(callOnce)
            if case .type(.nothing) = signature.output { return .nothing }
            return .list(results)
        }
    }
}

/// Gives the item that flows into a call to the parameters that the check found, or finds them now.
struct InputBinder {
    let signature: CommandSignature
    let binding: InputBinding

    func bind(_ item: Value, into values: inout [String: Value]) throws {
        switch binding {
        case .none, .whole: break
        case .main(let name): try set(name, item, &values)
        case .fields(let fields):
            guard case .record(let record) = item else { break }
            for (parameter, field) in fields { try set(parameter, record[field] ?? .nothing, &values) }
        case .late: try bindLate(item, &values)
        }
        for parameter in signature.parameters where parameter.isRequired {
            if values[parameter.name]?.isNothing ?? true {
                throw SwitchboardError(
                    .invalidArgument, "'\(signature.name)' needs \(parameter.name.uppercased()): \(parameter.help)")
            }
        }
    }

    private func set(_ name: String, _ value: Value, _ values: inout [String: Value]) throws {
        guard let parameter = signature.parameters.first(where: { $0.name == name }) else { return }
        let type = parameter.isRequired ? parameter.type : parameter.type.orNothing
        do { values[name] = try value.converted(to: type) } catch {
            var failure = SwitchboardError(wrapping: error)
            failure.fields[name] = failure.message
            throw failure
        }
    }

    private func unbound(_ field: String) -> SwitchboardError {
        let near = NearName.guess(
            for: field, among: signature.parameters.map { $0.name.replacing("-", with: "_") })
        return SwitchboardError(
            .invalidArgument, "field '\(field)' binds to no parameter of '\(signature.name)'",
            help: near.map { "did you mean '\($0)'?" } ?? "declare it with --columns to carry it along, or drop it")
    }

    private func bindLate(_ item: Value, _ values: inout [String: Value]) throws {
        if let main = signature.parameters.first(where: { $0.isMain }), values[main.name] == nil,
            let value = try? item.converted(to: main.type)
        {
            values[main.name] = value
            return
        }
        guard case .record(let record) = item else {
            throw SwitchboardError(.invalidArgument, "'\(signature.name)' cannot take \(item.typeName)")
        }
        if record.typeName != nil && signature.effect >= .spends {
            throw SwitchboardError(.invalidArgument, "'\(signature.name)' does not take \(item.typeName)")
        }
        let written = Set(values.keys)
        for field in record.fields {
            let name = field.name.replacing("_", with: "-")
            guard let parameter = signature.parameters.first(where: { $0.name == name || $0.aliases.contains(name) })
            else {
                if record.typeName == nil { throw unbound(field.name) }
                continue
            }
            if written.contains(parameter.name) { continue }
            if values[parameter.name] != nil {
                throw SwitchboardError(.invalidArgument, "two fields bind to --\(parameter.name)")
            }
            try set(parameter.name, field.value, &values)
        }
    }
}
