import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore
import Synchronization

/// Writes down what a run tells, so that it can be read when nobody has listened.
final class RunLogWriter: Sendable {
    /// The most lines of one process, and of one result: a log is read by people.
    private static let (most, mostOfResult) = (10_000, 100)

    private let store: any Store
    private let run: String
    private let time: TimeSource
    private let secrets: SecretTexts
    private let state = Mutex((count: 0, isBroken: false))

    /// Writes for a run; what it tells of the secrets that are known becomes `(secret)`.
    init(_ store: any Store, run: String, time: TimeSource, without secrets: SecretTexts) {
        (self.store, self.run, self.time, self.secrets) = (store, run, time, secrets)
    }

    /// Writes an event; returns why not, the first time that it cannot be written, and writes nothing more then.
    func write(_ event: RunEvent) -> SwitchboardError? { write(Self.lines(of: event)) }

    /// Writes why a row has failed, likewise.
    func write(_ failure: SwitchboardError, ofRow row: String) -> SwitchboardError? {
        write([(.rowFailed, "row \(row): \(Self.text(failure))")])
    }

    private func write(_ lines: [(kind: RunLine.Kind, text: String)]) -> SwitchboardError? {
        do {
            for line in lines { try write(line.kind, line.text) }
            return nil
        } catch {
            return state.withLock { state in
                defer { state.isBroken = true }
                return state.isBroken ? nil : SwitchboardError(wrapping: error)
            }
        }
    }

    /// Writes why the run has failed.
    func write(_ failure: SwitchboardError) throws { try write(.failed, Self.text(failure)) }

    private static func text(_ failure: SwitchboardError) -> String { "\(failure.message) (\(failure.code.rawValue))" }

    private func write(_ kind: RunLine.Kind, _ text: String) throws {
        let text = secrets.removed(from: text, leaving: Redactor.mark)
        let count = state.withLock { state in
            if state.isBroken { return Int.max }
            state.count += 1
            return state.count
        }
        // Why a run has failed is its last line, however many there are.
        if count <= Self.most || kind == .failed && count != .max {
            try store.tell(RunLine(at: time.now(), kind: kind, text: text), run: run)
        } else if count == Self.most + 1 {
            let end = "what was told from here on is not written down"
            try store.tell(RunLine(at: time.now(), kind: .noted, text: end), run: run)
        }
    }

    private static func lines(of event: RunEvent) -> [(kind: RunLine.Kind, text: String)] {
        switch event {
        case .print(let line): [(.printed, line)]
        case .note(let text): [(.noted, text)]
        case .printTable(let table): lines(of: table).map { (.printed, $0) }
        case .show(let value): lines(of: value).map { (.shown, $0) }
        case .progress: []
        }
    }

    private static func lines(of value: Value) -> [String] {
        guard case .list(let rows) = value else { return [value.json] }
        let lines = rows.prefix(mostOfResult).map(\.json)
        return rows.count > mostOfResult ? lines + ["\(rows.count - mostOfResult) more rows"] : lines
    }
}
