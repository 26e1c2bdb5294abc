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
        default: throw TypeFault("a list is needed, and this is \(input)")
        }
    }
}

extension RecordType {
    /// The type at the end of a path.
    func type(at path: [String]) -> ValueType? {
        guard let first = path.first, let type = type(of: first) else { return nil }
        return path.count == 1 ? type : type.record?.type(at: Array(path.dropFirst()))
    }
}

extension Value {
    /// The names of a field path.
    var path: [String]? { if case .fieldPath(let names) = self { names } else { nil } }

    /// The value at the end of a path; of nothing, nothing.
    ///
    /// Throws `invalid_argument` where a field is missing.
    func at(_ path: [String], in record: Record? = nil) throws -> Value {
        try path.reduce(self) { value, name in
            switch value {
            case .nothing: return .nothing
            case .record(let record):
                if let found = record[name] { return found }
                throw SwitchboardError(.invalidArgument, "no field '\(name)' on this record")
            default: throw SwitchboardError(.invalidArgument, "\(value.typeName) has no field '\(name)'")
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
    func literalText(_ name: String) -> String? {
        switch arguments[name] {
        case .literal(let text, _, _)?: text
        case .string(let pieces, _)?:
            pieces.reduce("") { text, piece in
                guard let text, case .text(let more) = piece else { return nil }
                return text + more
            }
        default: nil
        }
    }
}
