import Switchboard
import SwitchboardTerminal
import Synchronization

/// The statements that were entered at prompts, of this session and of others that share the state folder.
///
/// What comes in here is without secrets already (`Engine.redacted`), and what turns out to be one later is taken out.
final class PromptHistory: Sendable {
    private let file: HistoryFile?
    private let tell: @Sendable (String) -> Void
    private let state = Mutex(State())

    private struct State {
        var list = HistoryList()
        /// What the file did not take, so that only this session knows it.
        var unwritten: [HistoryEntry] = []
        var hasFailed = false
        /// What Ctrl-R has found last.
        var found: FoundLine?
    }

    /// Shares the file; nil keeps a history for this session only.
    ///
    /// A file that cannot be written is told of once.
    init(path: String?, capacity: Int = 50_000, tell: @escaping @Sendable (String) -> Void) {
        file = path.map { HistoryFile(path: $0, capacity: capacity) }
        self.tell = tell
    }

    /// What may be kept of a text; a line of the prompt's own is judged by the statement in it.
    static func kept(_ text: String, redact: (String) -> String?) -> String? {
        guard let line = MetaLine(text) else { return redact(text) }
        // In front of the statement stand the command's name and perhaps a time; what else is there may be a secret.
        let words = line.front.split(separator: " ").dropFirst()
        if words.count > 1 || words.contains(where: { $0.first?.isNumber != true }),
            redact(line.front.dropFirst().description + line.statement) == nil
        {
            return nil
        }
        return redact(line.statement).map {
            line.front + String(decoding: $0.utf8.dropFirst(line.front.utf8.count), as: UTF8.self)
        }
    }

    /// Keeps a statement that is about to run, so that it is there whatever becomes of the program; returns its id for
    /// `finish`, nil where it is not kept: a blank in front keeps it out, and so does a NUL, at which a line would end.
    func add(_ text: String, profile: String) -> String? {
        guard let first = text.first, !first.isWhitespace, !text.utf8.contains(0) else { return nil }
        let entry = HistoryEntry(text: text, profile: profile)
        write(entry)
        return entry.id
    }

    /// Keeps how a statement ended.
    func finish(_ id: String?, exit: Int32, milliseconds: Int, run: String? = nil) {
        guard let id else { return }
        write(HistoryEntry(endOf: id, exit: Int(exit), milliseconds: milliseconds, run: run))
    }

    /// Takes secrets that became known out of what was entered before; `redact` gives what may be kept of a statement.
    func forget(_ secrets: [String], _ redact: (String) -> String?) {
        do throws(TerminalError) { try file?.revise(linesWith: secrets, redact) } catch {
            tell("a secret is still in the history: \(error)")
        }
        state.withLock { state in
            state.unwritten = state.unwritten.compactMap { $0.revised(redact) }
            let entries = state.list.entries
            state.list = HistoryList()
            entries.compactMap { $0.revised(redact) }.forEach { state.list.add($0) }
        }
    }

    private func write(_ entry: HistoryEntry) {
        do throws(TerminalError) {
            if let file { return try file.append(entry) }
        } catch {
            let isFirst = state.withLock { state in
                defer { state.hasFailed = true }
                return !state.hasFailed
            }
            if isFirst { tell("the history is kept for this session only: \(error)") }
        }
        state.withLock { state in
            if file != nil { state.unwritten.append(entry) }
            state.list.add(entry)
        }
    }

    /// What Up recalls, oldest first, each text once; of a long file the newest statements, with those that other
    /// sessions have added by now.
    var lines: [String] {
        state.withLock { state in
            if let file {
                let (entries, isAnew) = file.news()
                if isAnew { state.list = HistoryList() }
                (entries + (isAnew ? state.unwritten : [])).forEach { state.list.add($0) }
            }
            return state.list.texts
        }
    }

    /// The newest statement older than `before` (nil: the newest of all) that contains the text, of all that there are.
    ///
    /// A long file is searched until `isOver`.
    func search(_ query: String, before: Int?, until isOver: () -> Bool = { false }) -> FoundLine? {
        state.withLock { state in
            state.found = state.list.search(query, before: before) ?? older(query, before, state.found, isOver)
            return state.found
        }
    }

    /// The same in what `lines` has left out of a long file.
    private func older(_ query: String, _ before: Int?, _ found: FoundLine?, _ isOver: () -> Bool) -> FoundLine? {
        let shown = found.flatMap { $0.index == before ? $0.text : nil }
        return file?.search(query, before: before, except: shown, until: isOver)
    }
}

extension HistoryEntry {
    fileprivate func revised(_ change: (String) -> String?) -> HistoryEntry? {
        guard !text.isEmpty else { return self }
        var entry = self
        entry.text = change(text) ?? ""
        return entry.text.isEmpty ? nil : entry
    }
}
