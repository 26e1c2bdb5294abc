import Switchboard
import SwitchboardTerminal
import Synchronization

/// Writes the results of a run in the mode that was asked for.
final class ResultWriter: Sendable {
    private struct State {
        /// Whether results are items of one JSON array, and how many it has.
        var array: Int?
        var last: ShownResult?
    }

    let mode: ResultMode
    /// Shows what is taller than the screen.
    private let pager: Pager?
    private let state = Mutex(State())

    private let agents: @Sendable () -> AgentNames

    init(
        _ mode: ResultMode, agents: @escaping @Sendable () -> AgentNames = { AgentNames() }, pager: Pager? = nil
    ) {
        self.agents = agents
        self.mode = mode == .auto && !isTerminal(1) ? .csv : mode
        self.pager = pager
        // What scripts print stays readable beside results that programs read.
        printsToOutput = mode.isForPeople
    }
    private let printsToOutput: Bool

    /// Begins the one JSON array that all results stand in; without it each is JSON of its own.
    ///
    /// Nothing is written before the first result: a run that is broken off earlier leaves no half of an array.
    func begin() {
        guard mode == .json else { return }
        state.withLock { $0.array = 0 }
    }

    /// Ends the array.
    func end() {
        guard let count = state.withLock({ $0.array }) else { return }
        Output.write(count > 0 ? "\n]\n" : "[]\n")
    }

    /// Prints what a script says.
    func print(_ text: String) { printsToOutput ? page(text) : Output.note(text) }

    /// Shows a text, at a prompt one that is taller than the screen page by page.
    func page(_ text: String) {
        let listing = Presentation(mode: mode, width: Output.columns(of: .results)).text(text)
        _ = state.withLock { _ in show(listing, from: 0) }
    }

    /// Lays a table out for people, whatever form results have; where no terminal is, as wide as it is.
    func printTable(_ table: Value) {
        let shape = Presentation(
            mode: mode == .plain ? .plain : .auto, width: Output.columns(of: printsToOutput ? .results : .remarks),
            agents: agents())
        let listing = shape.listing(table)
        Output.listing(listing, rows: 0..<listing.count, to: printsToOutput ? .results : .remarks)
    }

    /// What was shown last, and how far.
    var last: ShownResult? { state.withLock { $0.last } }

    /// Shows a value, a list from one of its rows on; one after the other where rows do it at once.
    func show(_ value: Value, from row: Int = 0) {
        state.withLock { state in
            let shape = Presentation(mode: mode, width: Output.columns(of: .results), agents: agents())
            if let count = state.array { return state.array = count + Self.add(value, to: count, shape) }
            let listing = shape.listing(value)
            let rows = show(listing, from: min(row, listing.count))
            state.last = ShownResult(value: value, count: listing.count, seen: rows.upperBound)
        }
    }

    private static func add(_ value: Value, to count: Int, _ shape: Presentation) -> Int {
        let items = Presentation.items(of: value)
        for (index, item) in items.enumerated() {
            Output.write((count + index == 0 ? "[\n" : ",\n") + shape.jsonLine(item))
        }
        return items.count
    }

    /// Returns the rows that stand on the screen, or were written.
    private func show(_ listing: Listing, from row: Int) -> Swift.Range<Int> {
        guard let pager, Pager.isPossible, !listing.fits(Pager.size) else {
            let rows = row..<listing.count
            Output.listing(listing, rows: rows, to: .results)
            return rows
        }
        let rows = Keyboard.lend { pager.show(listing, from: row) }
        let foot = listing.foot(rows)
        let isSilent = foot.isEmpty && rows.count < listing.count
        (isSilent ? ["(\(CountText.rows(rows, of: listing.count)))"] : foot).forEach { Output.line($0) }
        return rows
    }
}

/// A result that was shown: the value, how many rows it has, and how many of them were seen.
struct ShownResult: Sendable {
    var value: Value
    var count: Int
    var seen: Int
}

extension ShownResult {
    /// One of which nothing was seen yet.
    init(notSeen value: Value) { self.init(value: value, count: Presentation.items(of: value).count, seen: 0) }
}
