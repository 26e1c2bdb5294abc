import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// One field of the records that describe trunks and dispatch rules: its name, its type and where its value comes from.
struct RoutingColumn<Row>: Sendable {
    let field: RecordType.Field
    let value: @Sendable (Row) -> Value

    init(_ name: String, _ type: ValueType, _ help: String, _ value: @escaping @Sendable (Row) -> Value) {
        field = .init(name, type, help)
        self.value = value
    }

    /// A field of the document, typed and explained by the table of fields; nothing where it is not set or the document has none such.
    init(
        _ path: String, as name: String? = nil, of schema: RoutingSchema,
        _ document: @escaping @Sendable (Row) -> RoutingDocument?
    ) {
        let field = schema.field(path)
        let kind = field?.kind ?? .text
        self.init(name ?? path, Self.type(kind), field?.help ?? "") { row in
            guard let document = document(row), document.schema.field(path) != nil else { return .nothing }
            return Self.value(path, kind, document)
        }
    }

    private static func type(_ kind: RoutingField.Kind) -> ValueType {
        switch kind {
        case .texts, .messages: .list(.string)
        case .flag: .bool
        case .duration: .optional(.duration)
        case .timestamp: .optional(.time)
        case .map, .message: .optional(.record(RecordType(fields: [], isOpen: true)))
        default: .optional(.string)
        }
    }

    private static func value(_ path: String, _ kind: RoutingField.Kind, _ document: RoutingDocument) -> Value {
        switch kind {
        case .texts: .list(document.texts(path).map { .string($0) })
        case .messages: .list((document[path]?.elements ?? []).map(codec))
        case .flag: .bool(document.flag(path))
        case .choice: .string(document.word(path))
        case .duration: RoutingValue.duration(document.text(path))
        case .timestamp: Timestamp.parse(document.text(path)).map { .time($0) } ?? .nothing
        case .map, .message: document[path].map(RoutingValue.value) ?? .nothing
        default: document.text(path).isEmpty ? .nothing : .string(document.text(path))
        }
    }

    private static func codec(_ json: JSON) -> Value {
        let rate = json["rate"]?.integer.map { "/\($0)" } ?? ""
        return .string((json["name"]?.text ?? "") + rate)
    }
}

extension RecordType {
    /// The type of the records that the columns make.
    init<Row>(name: String, summary: String, columns: [RoutingColumn<Row>]) {
        self.init(name: name, summary: summary, fields: columns.map(\.field))
    }
}

extension Record {
    /// The record that the columns make of a row.
    init<Row>(_ typeName: String, _ row: Row, columns: [RoutingColumn<Row>]) {
        self.init(typeName, columns.map { .init($0.field.name, $0.value(row)) })
    }
}
