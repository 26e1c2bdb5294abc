import CYAML
import SwitchboardCore

/// Reads YAML: mappings as objects, sequences as lists, scalars as the texts that they are.
///
/// A plain scalar that is empty, `~` or `null` is null. Aliases are followed; a document that grows by them beyond
/// reason is refused.
struct YAML {
    /// Why a text is not YAML; tells the place, and no word of the text.
    struct Unreadable: Error, Hashable {
        var reason: String
        /// The line, from 1; nil where the text as a whole is at fault.
        var line: Int?
    }

    private static let depthLimit = 100
    private let document: UnsafeMutablePointer<yaml_document_t>
    private var nodesLeft = 100_000

    /// Reads the first document of the bytes, which are UTF-8 or UTF-16; none is null.
    static func read(_ bytes: [UInt8]) throws(Unreadable) -> JSON {
        // The parser keeps a pointer to itself, so it must not move.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else { throw Unreadable(reason: "there is no memory for it") }
        defer { yaml_parser_delete(parser) }
        let document = UnsafeMutablePointer<yaml_document_t>.allocate(capacity: 1)
        defer { document.deallocate() }
        let isLoaded = bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else { return nil as Bool? }
            yaml_parser_set_input_string(parser, start, bytes.count)
            return yaml_parser_load(parser, document) == 1
        }
        guard let isLoaded else { return .null }
        guard isLoaded else { throw fault(of: parser.pointee) }
        defer { yaml_document_delete(document) }
        guard let root = yaml_document_get_root_node(document) else { return .null }
        var reader = YAML(document: document)
        return try reader.value(root.pointee, depth: 0)
    }

    private init(document: UnsafeMutablePointer<yaml_document_t>) { self.document = document }

    private static func fault(of parser: yaml_parser_t) -> Unreadable {
        let reason = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
        let hasPlace = [YAML_SCANNER_ERROR, YAML_PARSER_ERROR, YAML_COMPOSER_ERROR].contains(parser.error)
        return Unreadable(reason: reason, line: hasPlace ? parser.problem_mark.line + 1 : nil)
    }

    private mutating func value(_ node: yaml_node_t, depth: Int) throws(Unreadable) -> JSON {
        nodesLeft -= 1
        let line = node.start_mark.line + 1
        guard nodesLeft >= 0, depth <= Self.depthLimit else { throw Unreadable(reason: "it is too deep", line: line) }
        switch node.type {
        case YAML_SCALAR_NODE: return Self.scalar(node)
        case YAML_SEQUENCE_NODE:
            let items = node.data.sequence.items
            var elements: [JSON] = []
            for item in UnsafeBufferPointer(start: items.start, count: items.top - items.start) {
                elements.append(try value(item, depth: depth + 1))
            }
            return .array(elements)
        case YAML_MAPPING_NODE:
            let pairs = node.data.mapping.pairs
            var members: [JSON.Member] = []
            for pair in UnsafeBufferPointer(start: pairs.start, count: pairs.top - pairs.start) {
                guard let name = try value(pair.key, depth: depth + 1).text else { continue }
                members.append(.init(name, try value(pair.value, depth: depth + 1)))
            }
            return .object(members)
        default: return .null
        }
    }

    private mutating func value(_ id: CInt, depth: Int) throws(Unreadable) -> JSON {
        guard let node = yaml_document_get_node(document, id) else { return .null }
        return try value(node.pointee, depth: depth)
    }

    private static func scalar(_ node: yaml_node_t) -> JSON {
        let scalar = node.data.scalar
        let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        let isNull = scalar.style == YAML_PLAIN_SCALAR_STYLE && ["", "~", "null", "Null", "NULL"].contains(text)
        return isNull ? .null : .string(text)
    }
}
