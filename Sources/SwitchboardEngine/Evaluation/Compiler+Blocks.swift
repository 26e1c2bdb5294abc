import SwitchboardCore
import SwitchboardLanguage

extension Compiler {
    /// A block that stands in a pipeline.
    func block(_ node: BlockNode) -> Passage {
        switch node.kind {
        case .transaction: transaction(node)
        case .waitUntil: waitUntil(node)
        case .explain: explain(node)
        }
    }

    private func transaction(_ node: BlockNode) -> Passage {
        let body = value(of: node.body)
        return Passage { frame, input in
            try RunFault.at(node.span) { try frame.run.checkCancelled() }
            return try frame.withItem(input) {
                try Transaction.run(in: frame.run) { try body(Frame(sharing: frame, run: $0)) }
            }
        }
    }

    private func waitUntil(_ node: BlockNode) -> Passage {
        let body = value(of: node.body)
        let flags = node.flags.mapValues(code)
        return Passage { frame, input in
            try frame.withItem(input) {
                let wait = try RunFault.at(node.span) { try WaitUntil(flags.mapValues { try $0(frame) }) }
                try wait.run(in: frame.run, at: node.span) { try body(Frame(sharing: frame, run: $0)) }
                return .nothing
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
