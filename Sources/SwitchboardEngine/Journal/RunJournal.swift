import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// What a run writes down of its steps, and what a resumed run finds there.
///
/// A step's key is its place in the script behind the names of the rows and turns around it. What is written survives the
/// process at once, and is on the disk before the next change is begun.
final class RunJournal: Sendable {
    let store: any Store
    let run: String
    let time: TimeSource
    /// Whether an earlier process has begun the run.
    let isResumed: Bool
    /// Whether rows that failed are run once more: the earlier run had come to its end.
    let runsFailedRows: Bool
    /// Whether it may go on with another script or other data.
    let mayDiffer: Bool
    /// What earlier processes have done and the script still has a place for, where it may differ.
    let earlier = EarlierChanges()
    /// What the run tells.
    let log: RunLogWriter

    init(
        _ store: any Store, run: String, time: TimeSource, resuming earlier: EarlierRun? = nil,
        without secrets: SecretTexts = SecretTexts([])
    ) {
        (self.store, self.run, self.time) = (store, run, time)
        isResumed = earlier != nil
        (runsFailedRows, mayDiffer) = (earlier?.runsFailedRows ?? false, earlier?.mayDiffer ?? false)
        log = RunLogWriter(store, run: run, time: time, without: secrets)
    }

    /// What an earlier process has written of a step.
    func recorded(_ key: String) throws -> StepRecord? { isResumed ? try store.step(key, run: run) : nil }

    /// Writes what a step has come to.
    func note(
        _ key: String, _ title: String, _ state: StepRecord.State = .done, _ result: JSON, since start: Date,
        attempts: Int = 1
    ) throws {
        try store.note(
            StepRecord(
                key: key, title: title, state: state, result: result.bytes(), startedAt: start, endedAt: time.now(),
                attempts: attempts), run: run)
    }

    /// Forgets a step that was taken back, with all that is in it.
    func forget(under key: String) throws { try store.forgetSteps(under: key, run: run) }
}

extension StepRecord {
    /// The result as it was written.
    var json: JSON {
        get throws {
            do { return try JSON(reading: result) } catch {
                throw SwitchboardError(.internal, "the journal has a result that cannot be read", cause: error.reason)
            }
        }
    }
}
