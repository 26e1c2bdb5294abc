import SwitchboardCore
import SwitchboardLanguage

extension Compiler {
    /// A block that stands in a pipeline.
    func block(_ node: BlockNode, _ place: String) -> Passage {
        switch node.kind {
        case .transaction: transaction(node, place)
        case .waitUntil: waitUntil(node, place)
        case .explain: explain(node)
        }
    }

    private func transaction(_ node: BlockNode, _ place: String) -> Passage {
        let (body, inner) = inside { value(of: node.body) }
        addPlace(place, inner)
        return Passage { frame, input in
            try RunFault.at(node.span) { try frame.run.checkCancelled() }
            return try frame.withItem(input) {
                try frame.within(place) {
                    try Transaction.run(in: frame.run, key: frame.path) { try body(Frame(sharing: frame, run: $0)) }
                }
            }
        }
    }

    private func waitUntil(_ node: BlockNode, _ place: String) -> Passage {
        let body = inside { value(of: node.body) }.code
        addPlace(place)
        let flags = node.flags.mapValues(code)
        return Passage { frame, input in
            try frame.withItem(input) {
                let wait = try RunFault.at(node.span) { try WaitUntil(flags.mapValues { try $0(frame) }) }
                return try frame.step(place, node.kind.rawValue, .result) { _ in
                    try wait.run(in: frame.run, at: node.span) { run in
                        // What is asked again and again is no step.
                        let turn = Frame(sharing: frame, run: run)
                        turn.path = nil
                        return try body(turn)
                    }
                    return .nothing
                }
            }
        }
    }

    private func explain(_ node: BlockNode) -> Passage {
        let text = Explanation(of: node.body, in: program, vocabulary: registry.vocabulary).text
        return Passage { frame, _ in
            frame.run.print(text)
            return .nothing
        }
    }
}

extension Frame {
    /// Runs the body with what flows in as the item; where nothing does, the item around it stays.
    fileprivate func withItem(_ input: Value, _ body: () throws -> Value) throws -> Value {
        let outer = item
        defer { item = outer }
        if !input.isNothing { item = input }
        return try body()
    }
}
