import FoundationEssentials
import SwitchboardCore
public import SwitchboardStore

extension RunSession {
    /// Which of these runs were run anew since, to a good end that nobody has undone.
    ///
    /// Those whose script, by its file or else by its text, was asked for the same in a later run: what they have left half
    /// done is done since.
    public func runAgain(_ records: [RunRecord]) throws -> Set<String> {
        if records.isEmpty { return [] }
        let undone = Set(try store.undos(profile: profile).filter(\.hasUndone).map(\.of))
        let runs = try store.runs(profile: profile, limit: .max)
        return Set(
            try records.filter { record in
                let later = runs.prefix { $0.id != record.id }.filter {
                    $0.status == .succeeded && !undone.contains($0.id) && $0.script == record.script
                        && $0.statement == record.statement
                }
                let works = try Set(later.compactMap { try work(of: $0) })
                return try !works.isEmpty && work(of: record).map(works.contains) ?? false
            }.map(\.id))
    }

    /// What makes two runs the same work; nil where nobody can tell, as of a statement with names of its prompt.
    private func work(of record: RunRecord) throws -> Work? {
        guard let script = try store.script(ofRun: record.id) else { return nil }
        let asked = try JSONDecoder().decode(JournaledRequest.self, from: Data(script.request))
        guard asked.names.isEmpty else { return nil }
        return Work(script: asked.file ?? script.digest, folder: asked.folder, words: asked.words)
    }

    private struct Work: Hashable {
        var script: String
        var folder: String?
        var words: [String]
    }
}
