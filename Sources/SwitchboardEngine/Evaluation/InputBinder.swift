import SwitchboardCore
import SwitchboardLanguage

/// Gives the item that flows into a call to the parameters that the check found, or finds them now.
struct InputBinder {
    let signature: CommandSignature
    let binding: InputBinding

    func bind(_ item: Value, into values: inout [String: Value]) throws {
        if item.isUnknown, bindOpen(item, &values) { return }
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

    /// Gives a value that only the run knows to all that may take it; false where nothing flows in.
    private func bindOpen(_ item: Value, _ values: inout [String: Value]) -> Bool {
        switch binding {
        case .none, .whole: return false
        case .main(let name): values[name] = item
        case .fields(let fields): for name in fields.keys { values[name] = item }
        case .late:
            for parameter in signature.parameters where values[parameter.name] == nil && parameter.isMain {
                values[parameter.name] = item
            }
        }
        return true
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
            help: near.map { "did you mean '\($0)'?" } ?? "leave it out with select in front")
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
