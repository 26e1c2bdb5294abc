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
            let node = Node(title: StepTree.title(name))
            places[name] = children.count
            children.append(node)
            return node
        }
    }
    private typealias Change = (change: RunChange, summary: String)

    private let root = Node(title: "")

    func add(_ step: StepRecord) throws {
        let node = node(step.key)
        (node.step, node.failure) = (step, try step.failure)
    }

    func add(_ change: RunChange, _ summary: String) { node(change.intent.step).changes.append((change, summary)) }

    private func node(_ key: String) -> Node {
        // A row's name may have a slash in it only as %2F, so each slash ends a part of the key.
        key.split(separator: "/").reduce(root) { $0.child(String($1)) }
    }

    /// A place without what tells it from others: `each[site=berlin-2]` of `each:1f2e3d4c[site=berlin-2]`.
    static func title(_ name: String) -> String {
        guard let colon = name.firstIndex(of: ":"), name.first != "[" else { return name }
        return name[..<colon] + (name.firstIndex(of: "[").map { String(name[$0...]) } ?? "")
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
        return Self.row(
            node.title, depth, result: node.step?.state.rawValue, start: node.step?.startedAt, ms: ms,
            attempts: node.step?.attempts, error: node.failure)
    }

    private func row(_ change: Change, _ depth: Int) -> Value {
        let (intent, error) = (change.change.intent, change.change.failure)
        let ms = intent.settledAt.map { Int64($0.timeIntervalSince(intent.startedAt) * 1000) }
        return Self.row(
            change.summary, depth, result: change.change.word, start: intent.startedAt, ms: ms,
            attempts: intent.trace?.attempts, cost: error == nil ? intent.spending?.monthlyCost : nil,
            requestIDs: intent.trace?.requestIDs ?? [], error: error)
    }

    /// The record of one line, as far in as it is deep.
    static func row(
        _ step: String, _ depth: Int, result: String? = nil, start: Date? = nil, ms: Int64? = nil,
        attempts: Int? = nil, count: Int? = nil, cost: Money? = nil, requestIDs: [String] = [],
        error: SwitchboardError? = nil
    ) -> Value {
        let text = String(repeating: "  ", count: depth) + step.replacing("%2F", with: "/")
        return .record(
            Record(
                "run-step",
                [
                    .init("step", .string(text)), .init("result", .text(result)),
                    .init("started_at", start.map { .time($0) } ?? .nothing),
                    .init("ms", ms.map { .int($0) } ?? .nothing),
                    .init("attempts", attempts.map { .int(Int64($0)) } ?? .nothing),
                    .init("count", count.map { .int(Int64($0)) } ?? .nothing),
                    .init("monthly_cost", cost.map { .money($0) } ?? .nothing),
                    .init("request_ids", .list(requestIDs.map { .string($0) })),
                    .init("error_code", .text(error?.code.rawValue)), .init("error", .text(error?.message)),
                ]))
    }
}

extension RunChange {
    /// How it stands, in a word.
    var word: String {
        switch outcome {
        case nil: "open"
        case .done?: isUndone ? "undone" : "done"
        case .failed?: "failed"
        }
    }

    /// Why it has failed.
    var failure: SwitchboardError? { if case .failed(let error)? = outcome { error } else { nil } }
}
