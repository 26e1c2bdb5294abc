extension Store {
    /// How much of a run is read at once.
    private var page: Int { 1000 }

    /// Gives every step of a run, however many there are, in order of key.
    public func forEachStep(ofRun id: String, _ take: (StepRecord) throws -> Void) throws {
        var last: String?
        repeat {
            let steps = try steps(run: id, after: last, limit: page)
            try steps.forEach(take)
            last = steps.count < page ? nil : steps.last?.key
        } while last != nil
    }

    /// Gives the changes of a run, however many there are, in order of step, until it is told to stop.
    public func forEachChange(ofRun id: String, _ take: (RunChange) throws -> Bool) throws {
        var last: String?
        repeat {
            let changes = try changes(run: id, after: last, limit: page)
            for change in changes where try !take(change) { return }
            last = changes.count < page ? nil : changes.last?.intent.id
        } while last != nil
    }
}
