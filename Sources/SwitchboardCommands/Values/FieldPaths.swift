import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

extension CallTypes {
    /// The type of one item of what flows in; a fault where nothing flows in that has items.
    func items() throws(TypeFault) -> ValueType {
        switch input {
        case .list(let element): return element
        case .any: return .any
        case .nothing: throw TypeFault("nothing flows in", help: "put a list and a | in front")
        default: throw TypeFault("a list is needed, and this is \(input.withArticle)")
        }
    }

    /// The type of what the field given for this parameter leads to in each item; of the item itself without one.
    func column(_ parameter: String) throws(TypeFault) -> ValueType {
        let item = try items()
        return fieldPaths[parameter]?.first.map(item.at) ?? item
    }
}

extension CommandCall {
    /// What the field given for this parameter leads to in each item; the items themselves without one.
    func column(_ parameter: String) throws -> [Value] {
        guard let path = self[parameter]?.path else { return items }
        return try items.map { try $0.at(path) }
    }
}

extension ValueType {
    /// The type at the end of a path; `any` where the run decides, and where the checker has a fault of its own.
    func at(_ path: FieldPath) -> ValueType {
        path.steps.reduce(self) { type, step in
            guard let record = type.record else { return type == .nothing ? .nothing : .any }
            let found = record.type(of: step.name) ?? (step.isOptional && !record.isOpen ? .nothing : .any)
            return type == type.unwrapped ? found : found.orNothing
        }
    }

    /// Whether values of the type come one after another, so that they can be sorted.
    var isOrdered: Bool {
        switch unwrapped {
        case .rate, .secret, .schema, .fieldPath, .list, .record: false
        default: true
        }
    }
}

extension Value {
    /// The field path that this is.
    var path: FieldPath? { if case .fieldPath(let path) = self { path } else { nil } }

    /// The value at the end of a path; of nothing, nothing.
    ///
    /// Throws `invalid_argument` where a field is missing.
    func at(_ path: FieldPath) throws -> Value {
        try path.steps.reduce(self) { value, step in
            switch value {
            case .nothing: return .nothing
            case .unknown: return .unknown(Placeholder(.any))
            case .record(let record):
                if let found = record[step.name] { return found }
                if step.isOptional { return .nothing }
                throw SwitchboardError(
                    .invalidArgument, "no field '\(step.name)' on this record",
                    help: NearName.help(for: step.name, among: record.fields.map(\.name)))
            default: throw SwitchboardError(.invalidArgument, "\(value.typeName) has no field '\(step.name)'")
            }
        }
    }
}

extension TypeFault {
    /// The same fault, found at run time.
    var error: SwitchboardError { SwitchboardError(.invalidArgument, message, help: help) }
}

extension CallNode {
    /// The text of an argument that is written outright.
    func literalText(_ name: String) -> String? { arguments[name]?.literalText }
}
