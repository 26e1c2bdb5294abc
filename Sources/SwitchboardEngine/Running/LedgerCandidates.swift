import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// What of a profile's ledger fits what is written of a word.
struct LedgerCandidates {
    let store: any Store
    let profile: String
    /// What is written so far.
    let written: String
    /// Whether things stand for themselves by their ids only.
    var goesByID = false

    /// How many numbers are read; a person reads no more.
    private static let mostNumbers = 100
    /// How many runs, the newest.
    private static let mostRuns = 100

    /// Something with an id and a name by which it is named.
    struct Named {
        var id: String
        /// May be empty.
        var name: String

        /// The name, or the id of what has none or goes by it.
        func candidate(_ kind: Completion.Kind, byID: Bool) -> Completion.Candidate {
            name.isEmpty || byID ? .init(id, kind, help: name) : .init(Engine.operand(name), kind, help: id)
        }
    }

    /// The agents by name; where no name fits, by id.
    var agents: [Completion.Candidate] {
        get throws {
            candidates(try store.agentNames(profile: profile).map { Named(id: $0.id, name: $0.name) }, .agent)
        }
    }

    /// The numbers that begin with the digits, with or without a plus; where there are none, those that hold them, then
    /// those whose label holds the text.
    var numbers: [Completion.Candidate] {
        get throws {
            let digits = written.hasPrefix("+") ? String(written.dropFirst()) : written
            var found: [WorkspaceNumber] = []
            if digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) {
                found = try store.numbers(profile: profile, beginning: "+" + digits, limit: Self.mostNumbers)
            }
            if found.isEmpty, !digits.isEmpty {
                found = try store.numbers(profile: profile, holding: digits, limit: Self.mostNumbers)
            }
            return found.map { .init($0.e164.text, .number, help: $0.label ?? $0.locality ?? "") }
        }
    }

    /// The trunks by name; those whose name is not theirs alone by id.
    var trunks: [Completion.Candidate] {
        get throws {
            let all = try store.trunks(profile: profile)
            if goesByID { return candidates(all.map { Named(id: $0.id, name: $0.name) }, .trunk) }
            let count = all.reduce(into: [:]) { $0[$1.name, default: 0] += 1 }
            let own = all.map { Named(id: $0.id, name: count[$0.name] == 1 ? $0.name : "") }
            let found = candidates(own, .trunk)
            if !found.isEmpty { return found }
            return all.flatMap { trunk in
                candidates(trunk.halves.map { Named(id: $0, name: "") }, .trunk)
            }
        }
    }

    /// The word for the newest run, and the newest runs.
    var runs: [Completion.Candidate] {
        get throws {
            let runs = try store.runs(profile: profile, limit: Self.mostRuns).map { run in
                Completion.Candidate(run.id, .run, help: "\(run.what) (\(run.status.rawValue))")
            }
            guard !runs.isEmpty else { return [] }
            return ([.init("last", .run, help: "the newest one for which it can be done")] + runs)
                .filter { $0.text.hasPrefix(written) }
        }
    }

    /// The secrets whose name begins as what is written.
    var secrets: [Completion.Candidate] {
        get throws {
            let names = try store.namedSecrets(profile: profile).map(\.name)
            return names.filter { $0.hasPrefix(written) }.map { .init(Engine.operand($0), .secret) }
        }
    }

    /// Those whose name begins as what is written; where there are none, those whose name holds it, then those whose id
    /// begins so or holds it, in small letters or large.
    func candidates(_ things: [Named], _ kind: Completion.Kind) -> [Completion.Candidate] {
        let part = written.lowercased()
        let isBeginning = { (text: String) in text.lowercased().hasPrefix(part) }
        let isPart = { (text: String) in text.lowercased().contains(part) }
        for fits in [isBeginning, isPart] {
            // Where nothing is written yet, those without a name are there too.
            let named = things.filter { part.isEmpty || !$0.name.isEmpty && fits($0.name) }
            if !named.isEmpty { return named.map { $0.candidate(kind, byID: goesByID) } }
        }
        for fits in [isBeginning, isPart] {
            let found = things.filter { fits($0.id) }
            if !found.isEmpty { return found.map { .init($0.id, kind, help: $0.name) } }
        }
        return []
    }
}
