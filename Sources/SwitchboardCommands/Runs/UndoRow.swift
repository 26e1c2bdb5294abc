import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// What is told of one step of an undo.
struct UndoRow {
    let step: Int
    let result: UndoResult
    /// Whether it is past, and not only looked at.
    let isDone: Bool

    /// What becomes of a step.
    fileprivate enum Word: String, CaseIterable { case planned, undone, gone, left }

    private var word: Word {
        switch result.fate {
        case .undone: isDone ? .undone : .planned
        case .gone: .gone
        case .left: .left
        }
    }

    private var how: String? { result.step.inverse.map { way in result.step.bill.map { "\(way); \($0)" } ?? way } }
    private var whyNot: String? { if case .left(let reason) = result.fate { reason } else { nil } }

    fileprivate static let columns: [RoutingColumn<UndoRow>] = [
        .init("step", .int, "its place in the undo, which begins with the run's last change") { .int(Int64($0.step)) },
        .init("what", .string, "what the run has done") { .string($0.result.step.summary) },
        .init("how", .optional(.string), "what takes it back, and what stays billed") { .text($0.how) },
        .init("result", .choice(Word.allCases.map(\.rawValue)), "what became of it; gone is what was so already") {
            .string($0.word.rawValue)
        },
        .init("why_not", .optional(.string), "why it is left") { .text($0.whyNot) },
    ]
}

extension RecordTypes {
    /// The text `undo-step`.
    static let undoStep = RecordType(
        name: "undo-step", summary: "a change of a run, and what becomes of it when the run is undone",
        columns: UndoRow.columns)
}

extension Value {
    /// The record `undo-step`.
    init(_ row: UndoRow) { self = .record(Record("undo-step", row, columns: UndoRow.columns)) }
}
