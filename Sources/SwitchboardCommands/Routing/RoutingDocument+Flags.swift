import SwitchboardCore
import SwitchboardEngine

extension RoutingDocument {
    /// Sets the fields that a call's flags give; what they do not give stays.
    ///
    /// A message keeps the fields that are not given, a map that LiveKit merges keeps its other names, and there an
    /// empty text takes a name away.
    mutating func take(_ arguments: [String: Value]) throws {
        for flag in RoutingFlag.all(of: schema) {
            if let value = arguments[flag.name] { try take(value, by: flag) }
            if arguments[flag.off] == .bool(true) { try set(flag.path, false) }
            let edit = RoutingChange.ListEdit(
                add: arguments[flag.adding].map(RoutingValue.texts) ?? [],
                remove: arguments[flag.removing].map(RoutingValue.texts) ?? [])
            if edit.add + edit.remove != [] { try set(flag.path, .strings(edit.applied(to: texts(flag.path)))) }
        }
    }

    private mutating func take(_ value: Value, by flag: RoutingFlag) throws {
        switch (value, flag.field.change) {
        case (.secret(let secret), _): secrets[flag.path] = secret
        case (.record(let record), .merge): try merge(record, into: flag.path)
        case (.record(let record), .replaceOnly) where !flag.field.fields.isEmpty:
            for field in record.fields { try set(field, in: flag.path) }
        default:
            let json = try RoutingValue.json(value, for: flag.field)
            do throws(RoutingFault) { try set(flag.path, json) } catch { throw error.guessed }
        }
    }

    private mutating func set(_ field: Record.Field, in path: String) throws {
        let json = try RoutingValue.json(field.value)
        do throws(RoutingFault) { try set("\(path).\(field.name)", json) } catch { throw error.guessed }
    }

    private mutating func merge(_ record: Record, into path: String) throws {
        var map = map(path)
        for field in record.fields {
            guard let text = field.value.plainText else {
                throw RoutingFault(field: path, "\(path): '\(field.name)' is no text")
            }
            map[field.name] = text.isEmpty ? nil : text
        }
        try set(path, .object(map.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }))
    }
}
