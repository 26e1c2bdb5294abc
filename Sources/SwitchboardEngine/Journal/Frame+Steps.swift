import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// What the journal keeps of a call.
enum StepKeeping: Sendable {
    /// Nothing: it can be made again.
    case nothing
    /// What it decides and changes; the row that it makes has its result.
    case acts
    /// Its result, too.
    case result

    /// What is kept of a command's calls: of those that ask the ledger or a provider.
    ///
    /// Rows of a file are read again, since the file is the same.
    init(of command: any Command.Type, isRow: Bool) {
        if command.signature.effect == .pure {
            // One that takes some of many may claim them.
            self = command is any FoldingCommand.Type ? .acts : .nothing
        } else if command is any SourceCommand.Type {
            self = .nothing
        } else {
            self = isRow ? .acts : .result
        }
    }
}

/// A failure that a `try` has caught.
struct CaughtFailure: Codable {
    var error: SwitchboardError
    var place: String
}

extension Frame {
    /// Runs the body within a part of the script or one turn; nil is none.
    func within<Result>(_ name: String?, _ body: () throws -> Result) rethrows -> Result {
        guard let outer = path, let name else { return try body() }
        path = "\(outer)/\(name)"
        defer { path = outer }
        return try body()
    }

    /// The name of an item's turn; nil where no steps are kept.
    func name(_ item: Value, _ names: TurnNames) -> String? { path == nil ? nil : "[\(names.next(item))]" }

    /// One turn of a loop.
    @inline(__always)
    func turn(_ item: Value, _ names: TurnNames, _ body: Action) throws -> Course {
        if path == nil { return try body(self) }
        return try within(name(item, names)) { try body(self) }
    }

    /// Runs a call as a step of the run, or takes what it has come to in an earlier process.
    func step(
        _ place: String, _ title: String, _ keeping: StepKeeping, _ call: (RunSession) throws -> Value
    ) throws -> Value {
        guard let path, let journal = run.journal, keeping != .nothing else { return try call(run) }
        let key = "\(path)/\(place)"
        if keeping == .result, let found = try journal.recorded(key), found.state == .done {
            let result = try CallResult(found.json)
            run.part.add(changes: result.changes, done: result.done, isFoundUnchanged: result.isFoundUnchanged)
            return result.value
        }
        let (start, before) = (run.now, run.part.count)
        let value = try call(run.inStep(CallStep(key, journal)))
        if keeping == .result, let json = CallResult(value, of: run.part, since: before).json {
            try journal.note(key, title, .done, json, since: start)
        }
        return value
    }

    /// The run as the step that a place of the script is.
    func runOfStep(_ place: String) -> RunSession {
        guard let path, let journal = run.journal else { return run }
        return run.inStep(CallStep("\(path)/\(place)", journal))
    }

    // MARK: Failures that are caught

    /// The failure after which an earlier process has gone on here.
    func recordedFailure(_ name: String) throws -> CaughtFailure? {
        guard let path, let found = try run.journal?.recorded("\(path)/\(name)") else { return nil }
        return try JSONDecoder().decode(CaughtFailure.self, from: Data(found.result))
    }

    /// Writes that the run goes on after a failure.
    func noteFailure(_ name: String, _ failure: CaughtFailure) throws {
        guard let path, let journal = run.journal else { return }
        let now = run.now
        try journal.store.note(
            StepRecord(
                key: "\(path)/\(name)", title: "try", state: .failed, result: Array(JSONEncoder().encode(failure)),
                startedAt: now, endedAt: now), run: journal.run)
    }
}
