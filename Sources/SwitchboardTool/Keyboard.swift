import Dispatch
import Switchboard
import SwitchboardTerminal
import Synchronization

/// Who has the terminal: the line that is being edited, or whatever runs, which may ask one question at a time.
enum Keyboard {
    private struct Edited {
        var print: @Sendable (String) -> Void
        /// What was written since the last whole line.
        var rest = ""
    }
    private static let turn = DispatchSemaphore(value: 1)
    private static let edited = Mutex<Edited?>(nil)
    private static let asked = Mutex<Question?>(nil)
    private static let secrets = Mutex<[Secret]>([])

    /// What was typed unseen, so that a history can leave it out.
    static var typedSecrets: [Secret] { secrets.withLock { $0 } }

    /// Runs what reads a line; what others write meanwhile is printed above it.
    static func edit<Result>(printing print: @escaping @Sendable (String) -> Void, _ body: () -> Result) -> Result {
        turn.wait()
        edited.withLock { $0 = Edited(print: print) }
        defer {
            let rest = edited.withLock { edited in
                defer { edited = nil }
                return edited?.rest ?? ""
            }
            if !rest.isEmpty { print(rest) }
            turn.signal()
        }
        return body()
    }

    /// Prints visible text above the line that is being edited, as soon as its lines are whole; false where no line is.
    static func printAbove(_ text: String) -> Bool {
        edited.withLock { edited in
            guard edited != nil else { return false }
            let all = (edited?.rest ?? "") + text
            let end = all.lastIndex(of: "\n").map { all.index(after: $0) } ?? all.startIndex
            edited?.rest = String(all[end...])
            if end > all.startIndex { edited?.print(String(all[..<end])) }
            return true
        }
    }

    /// Writes lines of visible text beside the question that is being asked, if there is one.
    static func besideQuestion<Result>(_ write: () -> Result) -> Result {
        asked.withLock(\.self).map { $0.beside(write) } ?? write()
    }

    /// Runs what asks a person; nil while a line is being edited, since what is typed then belongs to that line.
    private static func ask<Answer>(
        _ question: String, answers: String = "", _ body: (Question) -> Answer
    ) -> Answer? {
        if edited.withLock({ $0 != nil }) {
            Output.note("a job cannot ask, and takes no for an answer: \(question)")
            return nil
        }
        turn.wait()
        defer { turn.signal() }
        let question = Question(VisibleText.line(question + answers))
        asked.withLock { $0 = question }
        defer { asked.withLock { $0 = nil } }
        return Output.status.suspended { body(question) }
    }

    /// Runs the body where nobody is asked anything, and nobody is before it has ended.
    static func unlessAsking(_ body: () -> Void) {
        guard turn.wait(timeout: .now()) == .success else { return }
        defer { turn.signal() }
        body()
    }

    /// Asks for what is not shown as it is typed; nil where the person does not give it.
    static func secret(_ question: String, _ signals: SignalWatcher) -> Secret? {
        guard case .line(let text)? = ask(question, { readSecret($0, signals: signals) }) else {
            return nil
        }
        let secret = Secret(text)
        secrets.withLock { $0.append(secret) }
        return secret
    }

    /// Runs what has the whole screen, as a pager; what others write meanwhile comes afterwards.
    static func lend<Result>(_ body: () throws -> Result) rethrows -> Result {
        turn.wait()
        defer { turn.signal() }
        return try Output.paused(body)
    }

    /// Asks for a yes; anything else is a no, but for the end of input where that is said to be a yes too.
    static func agrees(_ question: String, _ signals: SignalWatcher, atEnd: Bool = false) -> Bool {
        switch ask(question, answers: " [y/N] ", { readAnswer($0, signals: signals) }) {
        case .line(let answer)?: ["y", "yes"].contains(answer.lowercased())
        case .endOfFile?: atEnd
        default: false
        }
    }
}
