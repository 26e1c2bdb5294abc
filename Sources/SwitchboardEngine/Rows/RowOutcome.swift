import SwitchboardCore
import SwitchboardLanguage

/// What became of one row.
struct RowOutcome: Sendable {
    enum Result: String, Sendable {
        case succeeded, unchanged, failed
        case notStarted = "not_started"
    }

    var result = Result.notStarted
    /// Whether it is told of when it has run once more.
    var comesLater = false
    /// What the row's block or command gave.
    var value = Value.nothing
    var error: SwitchboardError?
    /// What a row that failed had changed by then, and what stays so.
    var done: [String] = []
    /// What its transaction has taken back.
    var undone: String?
    var attempts = 0
    var milliseconds = 0
    /// How many changes it made.
    var changes = 0

    /// Whether the row failed and has, or may have, changed something.
    var isHalfDone: Bool { result == .failed && (!done.isEmpty || error?.mayHaveHappened == true) }

    /// Whether the row came to the end that it has by itself: nobody ended it, the store did not fail, and no change of it
    /// is open.
    var isSettled: Bool {
        ![.cancelled, .storeUnavailable].contains(error?.code) && error?.mayHaveHappened != true
    }

    /// Whether the row failed because credentials are missing or were refused.
    var isRefused: Bool { result == .failed && [.unauthorized, .forbidden].contains(error?.code) }

    /// The error, with what stays done although the row failed: whoever runs the row again has to know.
    private var errorText: String? {
        guard let error else { return nil }
        let undone = undone.map { "; undone: \($0)" } ?? ""
        return error.message + undone + (done.isEmpty ? "" : "; done before: \(done.joined(separator: ", "))")
    }

    /// The row's columns in their order, its number among them where it has one, and behind them what became of it;
    /// columns of an earlier result are replaced.
    func record(of row: Value) -> Value {
        var columns: [Record.Field] = []
        if case .record(let record) = row { columns = record.fields } else { columns = [.init("value", row)] }
        let number = value.ownNumber ?? row.ownNumber
        var told: [Record.Field] = [
            .init("result", .string(result.rawValue)), .init("e164", number.map { .phone($0) } ?? .nothing),
            .init("error_code", .text(error?.code.rawValue)), .init("error", .text(errorText)),
            .init("attempts", .int(Int64(attempts))), .init("ms", .int(Int64(milliseconds))),
        ]
        columns.removeAll { own in own.name != "e164" && told.contains { $0.name == own.name } }
        if let place = columns.firstIndex(where: { $0.name == "e164" }) {
            let found = told.remove(at: 1)
            if number != nil { columns[place] = found }
        }
        var result = Record(nil, columns + told)
        result.origin = row
        if case .record(let record) = row { result.place = record.place }
        return .record(result)
    }
}
