extension Explanation {
    /// A value as the script writes it, on one line.
    func spelling(of node: Node) -> String {
        switch node {
        case .literal(let text, _, _), .text(let text): text
        case .item: ""
        case .schema(let type): "{\(type.fields.map { "\($0.name): \($0.type)" }.joined(separator: ", "))}"
        case .fieldPath(let path): path.description
        case .field(let inner, let name, let isOptional, _): "\(spelling(of: inner)).\(name)\(isOptional ? "?" : "")"
        case .list(let nodes, _): "[\(nodes.map { spelling(of: $0) }.joined(separator: " "))]"
        case .not(let inner, _): "not \(spelling(of: inner))"
        case .binary(let word, let left, let right, _):
            "\(spelling(of: left)) \(word.rawValue) \(spelling(of: right))"
        case .convert(let inner, _, _): spelling(of: inner)
        case .pipeline(_, _, let span): "(\(sourceText(span)))"
        case .string(_, let span), .slot(_, let span), .record(_, _, let span), .branch(_, _, _, let span):
            sourceText(span)
        }
    }

    /// A stretch of the script on one line.
    func sourceText(_ span: Span) -> String {
        let lines = program.source.text(span).split(whereSeparator: \.isNewline)
        return lines.map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: " ")
    }
}
