import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// Thrown by the command `resume`: the run that it names goes on in place of the script that the command stands in.
public struct ResumeWanted: Error {
    /// The run's id; nil for the last one that has not come to a good end.
    public var run: String?
    /// Whether it goes on also where its script or data have changed.
    public var mayDiffer: Bool

    /// Makes one.
    public init(run: String?, mayDiffer: Bool) { (self.run, self.mayDiffer) = (run, mayDiffer) }
}

extension Program {
    /// Whether the script is there to go on with a run; it is none itself.
    var isResumption: Bool { calls.contains { $0.command == "resume" } }

    /// Whether it is a run that is written down.
    var isKept: Bool { effect >= .changes && !isResumption }

    /// A run goes on in place of the script that asks for it, so nothing else may stand there.
    var faultsOfCompany: [Diagnostic] {
        guard isResumption, calls.count > 1 else { return [] }
        return calls.filter { $0.command == "resume" }.prefix(1).map { call in
            Diagnostic(
                CheckFault.notAlone.rawValue, "'resume' stands alone in its script", at: call.nameSpan,
                help: "it goes on with another one")
        }
    }
}

extension Engine {
    /// Goes on with a run of an earlier process: what is done is taken from the journal, what was under way is asked of the
    /// provider, and the rest is run.
    ///
    /// `request` says the profile, limits that hold instead of the run's own, and what ends the run; its script is not
    /// looked at. The report is that of the
    /// whole run. Refused with `not_found` where there is no such run, and with `conflict` where it has come to a good end,
    /// where it is still running, or where its script or data have changed.
    func resume(
        _ wanted: ResumeWanted, as request: Request, events: @escaping @Sendable (RunEvent) -> Void
    ) -> RunReport {
        do {
            // Runs of processes that have died are known as such behind this.
            _ = try store.adoptAbandonedIntents(profile: request.profile.name)
            let record = try resumable(wanted.run, request.profile.name)
            guard let script = try store.script(ofRun: record.id) else {
                throw SwitchboardError(
                    .conflict, "the run \(record.id) has kept no script, so nothing can go on with it")
            }
            if isUndo(record, script) {
                throw SwitchboardError(
                    .conflict, "the run \(record.id) takes another one back",
                    help: "undo goes on with that, given the other run's id; todo names it")
            }
            let journaled = try JSONDecoder().decode(JournaledRequest.self, from: Data(script.request))
            var resumed = request
            resumed.folder = journaled.folder.flatMap { $0 == host.files.base ? nil : $0 }
            resumed.source = try source(
                of: record, script, journaled, inPlace: resumed.folder == nil, mayDiffer: wanted.mayDiffer)
            resumed.parameters = ScriptArguments(
                words: journaled.words, place: journaled.place, reserved: journaled.reserved)
            resumed.names = try journaled.bindings()
            (resumed.definitions, resumed.file) = (journaled.definitions, journaled.file)
            resumed.within = request.within ?? journaled.within
            resumed.profile.limits = try journaled.limits(given: request.workspaceLimits)
            let earlier = EarlierRun(
                id: record.id, digest: script.digest, used: journaled.used ?? [:], files: journaled.files,
                folder: journaled.folder ?? host.files.base,
                status: record.status, mayDiffer: wanted.mayDiffer)
            events(.note("resuming \(record.id), \(record.what), begun \(Timestamp.text(record.startedAt))"))
            if let folder = resumed.folder { events(.note("relative paths begin in \(folder), where it was begun")) }
            return run(resumed, goingOn: earlier, events: events)
        } catch { return RunReport(status: .refused, error: SwitchboardError(wrapping: error)) }
    }

    private func resumable(_ id: String?, _ profile: String) throws -> RunRecord {
        guard let id else { return try lastUnfinished(profile) }
        guard let record = try store.run(id) else {
            throw SwitchboardError(.notFound, "there is no run \(id)", help: "runs lists them")
        }
        guard record.profile == profile else {
            throw SwitchboardError(
                .conflict, "the run \(id) is of profile '\(record.profile)', and this is '\(profile)'",
                help: "resume it with --profile \(record.profile)")
        }
        if let undoing = try store.undoings(of: id).first(where: { $0.0.run != id && $0.1?.isDone ?? true }) {
            let changed = try store.changedRuns(profile: profile, onlyUnfinished: false, limit: .max)
            let hasRest = changed.contains { $0.id == id }
            throw SwitchboardError(
                .conflict,
                "\(undoing.0.run) has taken back \(hasRest ? "some of " : "")what the run \(id) had done",
                help: "\(hasRest ? "take back the rest with undo \(id), and " : "")run the script again")
        }
        switch record.status {
        case .succeeded:
            throw SwitchboardError(.conflict, "the run \(id) has come to a good end; there is nothing left to do")
        case .running:
            throw SwitchboardError(
                .conflict, "another process is running \(id)", help: "wait for it to end, or stop it first")
        case .failed, .cancelled, .interrupted: return record
        }
    }

    /// Whether a run's script changes nothing but what it takes back: whoever wants to go on with that asks for it again.
    private func isUndo(_ record: RunRecord, _ script: RunScript) -> Bool {
        let source = SourceText(name: record.script, text: script.text)
        let calls = registry.check(source, files: host.files).program.calls.map(\.command)
        let changing = calls.filter { (registry.vocabulary.commands[$0]?.effect ?? .pure) >= .changes }
        return !changing.isEmpty && changing.allSatisfy { $0 == "undo" }
    }

    private func lastUnfinished(_ profile: String) throws -> RunRecord {
        let unfinished: Set<RunRecord.Status> = [.interrupted, .cancelled, .failed]
        let found = try store.runs(profile: profile, limit: .max).first { record in
            guard unfinished.contains(record.status), let script = try store.script(ofRun: record.id) else {
                return false
            }
            let isTakenBack = try store.undoings(of: record.id).contains { $0.0.run != record.id }
            return !isTakenBack && !isUndo(record, script)
        }
        guard let found else {
            throw SwitchboardError(
                .notFound, "no run of profile '\(profile)' is unfinished", help: "runs lists them all")
        }
        return found
    }

    /// The script as the run began with it, or as its file has it now; elsewhere than it was begun under its whole path.
    private func source(
        of record: RunRecord, _ script: RunScript, _ journaled: JournaledRequest, inPlace: Bool, mayDiffer: Bool
    ) throws -> SourceText {
        let name = inPlace ? record.script : journaled.file ?? record.script
        let before = SourceText(name: name, text: script.text)
        guard let file = journaled.file, let bytes = FileManager.default.contents(atPath: file) else { return before }
        let now = SourceText(name: name, bytes: Array(bytes))
        guard now.bytes != before.bytes else { return before }
        if mayDiffer { return now }
        throw SwitchboardError(
            .conflict, "the script '\(name)' has changed since \(record.id) was begun",
            help: "give --changed-ok to go on with it as it is now; steps that are done stay done")
    }
}
