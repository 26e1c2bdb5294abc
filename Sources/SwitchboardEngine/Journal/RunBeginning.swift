import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// A run that an earlier process has begun.
struct EarlierRun: Sendable {
    var id: String
    /// The digest of its script with all files that it uses.
    var digest: String
    /// The digests by path of the files that it uses, and of its data files.
    var (used, files): ([String: String], [String: String])
    /// Where its relative paths began.
    var folder: String
    /// How it ended.
    var status: RunRecord.Status
    /// Whether it may go on with another script or other data.
    var mayDiffer: Bool

    /// Whether rows that failed are run once more.
    var runsFailedRows: Bool { status != .interrupted }
}

/// What a run writes down when it begins, so that another process can go on with it.
struct RunBeginning: Sendable {
    let request: Engine.Request
    /// The digest of the script with all files that it uses.
    let digest: String
    /// The digests of these by path.
    let used: [String: String]
    /// Where relative paths begin.
    let folder: String
    let earlier: EarlierRun?
    /// Whether a secret may stand in the script.
    let isSecret: Bool

    /// Whether it is a run only where it has changed something.
    var isTyped: Bool { request.isTyped && earlier == nil }

    func journal(_ store: any Store, run: String, _ time: TimeSource, without secrets: SecretTexts) -> RunJournal {
        RunJournal(store, run: run, time: time, resuming: earlier, without: secrets)
    }

    /// The script with what it was asked for; throws `conflict` where an earlier process ran another one, or with other
    /// data.
    func script(_ files: CheckedFiles) throws -> RunScript {
        let digests = try files.digests()
        if let earlier, !earlier.mayDiffer { try requireSame(earlier, digests) }
        return RunScript(
            text: request.source.text(Span(0, request.source.bytes.count)), digest: digest,
            request: Array(try JSONEncoder().encode(JournaledRequest(self, digests))), isSecret: isSecret)
    }

    private func requireSame(_ earlier: EarlierRun, _ digests: [String: String]) throws {
        func changed(_ what: String) -> SwitchboardError {
            SwitchboardError(
                .conflict, "\(what) has changed since \(earlier.id) was begun",
                help: "give --changed-ok to go on with what there is now; steps that are done stay done")
        }
        func differing(_ before: [String: String], _ now: [String: String]) -> String? {
            let now = Dictionary(now.map { (ScriptFiles.whole($0, in: folder), $1) }) { $1 }
            return before.keys.sorted().first { before[$0] != now[ScriptFiles.whole($0, in: earlier.folder)] }
        }
        if let path = differing(earlier.used, used) { throw changed("the file '\(path)' that the script uses") }
        if earlier.digest != digest { throw changed("the script '\(request.source.name)'") }
        if let path = differing(earlier.files, digests) { throw changed("the data file '\(path)'") }
    }
}

/// What a run was asked for besides its script, as the journal has it: without secrets.
struct JournaledRequest: Codable {
    struct Name: Codable {
        var name: String
        var type: ValueType
        /// nil where the journal cannot have the value.
        var value: JSON?
    }

    var words: [String]
    var place: String
    var reserved: Set<String>
    var names: [Name]
    var definitions: [String]
    var files: [String: String]
    /// The digests of the files that the script uses, by path.
    var used: [String: String]?
    /// The folder in which relative paths begin.
    var folder: String?
    /// The script's file.
    var file: String?
    /// The plan that the run is held to.
    var within: PlanFile?
    /// The limits that hold for the run instead of those of its profile, by their names; nil is none.
    var limits: [String: String]?

    init(_ beginning: RunBeginning, _ files: [String: String]) {
        let request = beginning.request
        (words, place) = (request.parameters.words, request.parameters.place)
        reserved = request.parameters.reserved
        let source = request.source
        let text = ([source.text(Span(0, source.bytes.count))] + request.definitions).joined(separator: "\n")
        // Only names that are used; a prompt may have long lists under others.
        names = request.names.filter { text.contains("$\($0.name)") }.map { binding in
            Name(name: binding.name, type: binding.type, value: JournaledValue.json(binding.value))
        }
        definitions = request.definitions
        (self.files, used, folder) = (files, beginning.used, beginning.folder)
        (file, within) = (request.file, request.within)
        limits = Dictionary(
            uniqueKeysWithValues: request.workspaceLimits.map { ($0.key.rawValue, $0.value.description) })
    }

    /// The limits that the run was begun with, but for those that are given anew.
    func limits(given: [Limit: LimitValue]) throws -> [Limit: LimitValue] {
        var all = given
        for (name, text) in limits ?? [:] {
            guard let limit = Limit(rawValue: name) else { continue }
            all[limit] = try given[limit] ?? limit.value(text)
        }
        return all
    }

    /// The names with their values; throws `unsupported` where one was a secret.
    func bindings() throws -> [Engine.Binding] {
        try names.map { name in
            guard let value = name.value else {
                throw SwitchboardError(
                    .unsupported, "the run used $\(name.name), which holds a secret, and secrets are not journaled",
                    help: "undo what the run has done, or go on by hand")
            }
            return Engine.Binding(name: name.name, value: try JournaledValue.value(value), type: name.type)
        }
    }
}
