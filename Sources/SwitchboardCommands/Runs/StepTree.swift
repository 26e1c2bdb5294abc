import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// The steps of a run by the places that their keys name, each behind those around it.
struct StepTree {
    /// One step, or a place that only holds steps.
    private final class Node {
        let title: String
        var step: StepRecord?
        var failure: SwitchboardError?
        var changes: [Change] = []
        private(set) var children: [Node] = []
        private var places: [String: Int] = [:]

        init(title: String) { self.title = title }

        func child(_ name: String) -> Node {
            if let place = places[name] { return children[place] }
            let node = Node(title: Self.title(name))
            places[name] = children.count
            children.append(node)
            return node
        }

        /// A place without what tells it from others: `each[site=berlin-2]` of `each:1f2e3d4c[site=berlin-2]`.
        private static func title(_ name: String) -> String {
            guard let colon = name.firstIndex(of: ":"), name.first != "[" else { return name }
            return name[..<colon] + (name.firstIndex(of: "[").map { String(name[$0...]) } ?? "")
        }
    }
    private typealias Change = (intent: Intent, outcome: IntentOutcome?, summary: String, isUndone: Bool)

    private let root = Node(title: "")

    func add(_ step: StepRecord) throws {
        let node = node(step.key)
        (node.step, node.failure) = (step, try step.failure)
    }

    func add(_ intent: Intent, _ outcome: IntentOutcome?, _ summary: String, isUndone: Bool) {
        node(intent.step).changes.append((intent, outcome, summary, isUndone))
    }

    private func node(_ key: String) -> Node {
        // A row's name may have a slash in it only as %2F, so each slash ends a part of the key.
        key.split(separator: "/").reduce(root) { $0.child(String($1)) }
    }

    /// The rows of all steps.
    var rows: [Value] { rows(of: root, depth: 0) }

    private func rows(of node: Node, depth: Int) -> [Value] {
        node.changes.map { row($0, depth) }
            + node.children.flatMap { child in
                [row(child, depth)] + rows(of: child, depth: depth + 1)
            }
    }

    private func row(_ node: Node, _ depth: Int) -> Value {
        let ms = node.step.map { Int64($0.endedAt.timeIntervalSince($0.startedAt) * 1000) }
        return record(
            Self.indented(node.title.replacing("%2F", with: "/"), depth), node.step.map { $0.state.rawValue },
            node.step?.startedAt, ms, attempts: node.step?.attempts, error: node.failure)
    }

    private func row(_ change: Change, _ depth: Int) -> Value {
        let (word, error): (String, SwitchboardError?) =
            switch change.outcome {
            case nil: ("open", nil)
            case .done?: (change.isUndone ? "undone" : "done", nil)
            case .failed(let error)?: ("failed", error)
            }
        let intent = change.intent
        let ms = intent.settledAt.map { Int64($0.timeIntervalSince(intent.startedAt) * 1000) }
        return record(
            Self.indented(change.summary, depth), word, intent.startedAt, ms, attempts: intent.trace?.attempts,
            cost: error == nil ? intent.spending?.monthlyCost : nil, requestIDs: intent.trace?.requestIDs ?? [],
            error: error)
    }

    private func record(
        _ step: String, _ result: String?, _ start: Date?, _ ms: Int64?, attempts: Int?, cost: Money? = nil,
        requestIDs: [String] = [], error: SwitchboardError? = nil
    ) -> Value {
        .record(
            Record(
                "run-step",
                [
                    .init("step", .string(step)), .init("result", .text(result)),
                    .init("started_at", start.map { .time($0) } ?? .nothing),
                    .init("ms", ms.map { .int($0) } ?? .nothing),
                    .init("attempts", attempts.map { .int(Int64($0)) } ?? .nothing),
                    .init("monthly_cost", cost.map { .money($0) } ?? .nothing),
                    .init("request_ids", .list(requestIDs.map { .string($0) })),
                    .init("error_code", .text(error?.code.rawValue)), .init("error", .text(error?.message)),
                ]))
    }

    private static func indented(_ text: String, _ depth: Int) -> String {
        String(repeating: "  ", count: depth) + text
    }
}
