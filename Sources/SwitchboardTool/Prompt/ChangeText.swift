import Switchboard

/// What is told behind a statement that has changed something: how long it took, its run, and whether that can be taken
/// back.
enum ChangeText {
    /// Such as `done in 1.9 s. run_… (:undo takes it back)`; nil where nothing stands that an undo has to do with.
    static func line(_ report: RunReport, _ outlook: UndoOutlook, since start: ContinuousClock.Instant) -> String? {
        guard let run = report.run, let words = words(outlook) else { return nil }
        let end = report.exitStatus == 0 ? "done in" : "ended after"
        return "\(end) \(TimingText.time(ContinuousClock.now - start)). \(run) (\(words))"
    }

    private static func words(_ outlook: UndoOutlook) -> String? {
        switch outlook {
        case .nothing: nil
        case .possible(isBilled: false): ":undo takes it back"
        case .possible(isBilled: true): ":undo takes it back; the month stays billed"
        case .impossible: "nothing takes it back"
        }
    }
}
