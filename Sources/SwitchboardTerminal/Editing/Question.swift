import Glibc
import Synchronization

/// A question on the terminal, from the moment that it is asked until it is over.
///
/// It keeps its row for itself and its answer: whoever writes meanwhile does so by `beside`.
public final class Question: Sendable {
    private let text: String
    private let isOpen = Mutex(false)

    /// Makes one, of which colours are the only thing that a terminal obeys (`TextStyle`); asks nothing yet.
    public init(_ text: String) { self.text = PromptText.visible(text) }

    /// Writes text that ends with a newline: below the question, which is asked once more then.
    public func beside<Result>(_ write: () -> Result) -> Result {
        isOpen.withLock { isOpen in
            if !isOpen { return write() }
            put("\n")
            defer { put(text) }
            return write()
        }
    }

    func ask() {
        isOpen.withLock { isOpen in
            isOpen = true
            put(text)
        }
    }

    /// Asks once more where it stands, after the process was stopped: a shell may have written below it.
    func askAgain() {
        isOpen.withLock { isOpen in
            if isOpen { put((isDrawable(Self.terminal) ? "\r\u{1B}[K" : "\n") + text) }
        }
    }

    /// It is over, and the person's Enter has ended its row.
    func answered() { isOpen.withLock { $0 = false } }

    /// It is over, and so is its row.
    func end() {
        isOpen.withLock { isOpen in
            if isOpen { put("\n") }
            isOpen = false
        }
    }

    private static var terminal: Int32 { [STDERR_FILENO, STDOUT_FILENO].first(where: isTerminal) ?? STDIN_FILENO }

    /// Without its question a line can still be read, so a failed write is none of the reader's.
    private func put(_ text: String) { writeAll(text, to: Self.terminal) }
}
