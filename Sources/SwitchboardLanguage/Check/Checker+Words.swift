extension Checker {
    typealias Side = (node: Node, type: ValueType)

    /// A field that holds one of some words is never equal to a text that is none of them.
    mutating func checkWords(_ left: Side, _ right: Side) {
        checkWords(right.node, areAmong: left.type)
        checkWords(left.node, areAmong: right.type)
    }

    /// Nor is it ever in a list of others, nor is another one in a list of such fields.
    mutating func checkMember(_ item: Side, of container: Side) {
        guard let element = container.type.unwrapped.element else { return }
        checkWords(container.node, areAmong: item.type)
        checkWords(item.node, areAmong: element)
    }

    private mutating func checkWords(_ node: Node, areAmong type: ValueType) {
        guard case .choice(let words) = type.unwrapped else { return }
        for (text, span) in texts(in: node) where !words.contains(text) {
            report(
                .badChoice, "this is never '\(text)'", at: span,
                help: NearName.guess(for: text, among: words).map { "did you mean '\($0)'?" }
                    ?? "it is one of: \(words.joined(separator: " "))")
        }
    }

    /// The texts that are written out: of a list its items.
    private func texts(in node: Node) -> [(text: String, span: Span)] {
        switch node {
        case .string(let pieces, let span):
            switch pieces.first {
            case nil: [("", span)]
            case .text(let text)? where pieces.count == 1: [(text, span)]
            default: []
            }
        case .list(let nodes, _): nodes.flatMap(texts)
        default: []
        }
    }
}
