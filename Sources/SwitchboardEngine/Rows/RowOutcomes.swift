import SwitchboardCore
import SwitchboardLanguage

/// What becomes of rows, which run as it is asked for: once, and in the order of the rows.
///
/// They run on when nobody wants to know more, and when who takes it fails; its failure is thrown behind the last row.
final class RowOutcomes: ItemSource {
    private let run: RowsRun
    private let rows: any ItemSource
    private let frame: Frame
    private let givesNothing: Bool
    private var isOver = false
    /// How many rows have given nothing, as long as all have: if they all do, they give no list.
    private var nothings: Int?

    init(_ run: RowsRun, of rows: any ItemSource, in frame: Frame, givesNothing: Bool) {
        (self.run, self.rows, self.frame, self.givesNothing) = (run, rows, frame, givesNothing)
        nothings = run.plan.isCollected ? nil : 0
    }

    var isRepeatable: Bool { false }
    var isChecked: Bool { false }
    var isNothing: Bool { nothings != nil }
    var columnNames: [String] { run.plan.isCollected ? RowFlags.columns(of: rows.columnNames) : [] }

    func forEach(_ take: (Value) throws -> Bool) throws {
        precondition(!isOver, "rows run once")
        isOver = true
        var failure: (any Error)?
        var isWanted = true
        func give(_ value: Value) {
            if !isWanted { return }
            do { isWanted = try take(value) } catch { (failure, isWanted) = (error, false) }
        }
        do {
            try run.run(rows, in: frame) { row, outcome in
                if run.plan.isCollected { return give(outcome.record(of: row)) }
                if let count = nothings {
                    if givesNothing || outcome.value.isNothing { return nothings = count + 1 }
                    nothings = nil
                    for _ in 0..<count { give(.nothing) }
                }
                give(outcome.value)
            }
        } catch var ended as RowsEnded {
            ended.failure = failure
            throw ended
        }
        if let failure { throw failure }
    }
}

/// Thrown to a report when rows end before all of them have succeeded, behind what became of each.
struct RowsEnded: Error {
    var cause: any Error
    /// Why the report could not be written.
    var failure: (any Error)?
}
