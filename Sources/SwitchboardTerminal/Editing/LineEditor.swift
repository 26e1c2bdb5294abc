import CEditline
import Dispatch
import Glibc
import Synchronization

/// The prompt: reads edited lines from the terminal, on a thread of its own.
///
/// Standard input and output must be a terminal (`isTerminal`). While a line is edited, Ctrl-C and Ctrl-Z are keys;
/// otherwise the terminal is as the user left it and they are signals, which the `SignalWatcher` reports.
/// A process has one editor at a time.
public final class LineEditor: Sendable {
    private enum Request: Sendable {
        case line(prompt: String, reply: @Sendable (LineOutcome) -> Void)
        case secret(prompt: String, reply: @Sendable (LineOutcome) -> Void)
        case close(reply: @Sendable () -> Void)
    }

    /// The place where a waiting thread finds its answer.
    private final class Answer: Sendable {
        let slot = Mutex<LineOutcome>(.endOfFile)
    }

    private let handle: EditorHandle
    private let signals: SignalWatcher
    private let observer: Int
    private let requests = Mutex<[Request]>([])
    private let requested = DispatchSemaphore(value: 0)
    private let unremembered = Mutex<[String]>([])
    private let ending: Ending

    /// Opens the editor; the user's `~/.editrc` may bind keys for the program's name.
    public init(program: String, signals: SignalWatcher) throws(TerminalError) {
        guard let pointer = ce_open(program) else {
            throw TerminalError(doing: "open the line editor", errno: errno)
        }
        let handle = EditorHandle(pointer)
        let ending = Ending()
        self.handle = handle
        self.signals = signals
        self.ending = ending
        observer = signals.observe { signal in
            switch signal {
            case .hangup, .terminate:
                ending.begin(signal)
                handle.use { ce_terminate($0) }
            case .resumed: handle.use { ce_resumed($0) }
            case .resized: handle.use { ce_resized($0) }
            case .interrupt: break
            }
        }
        guard startThread({ self.serve() }) else {
            signals.remove(observer)
            handle.close()
            throw TerminalError(doing: "start the editor's thread", errno: EAGAIN)
        }
    }

    /// Reads one line, and holds the calling thread until it is entered.
    ///
    /// The prompt may hold colours (`TextStyle`); other control characters in it are made visible.
    @available(*, noasync, message: "await readLine(prompt:) in a task")
    public func readLine(prompt: String) -> LineOutcome {
        wait { .line(prompt: prompt, reply: $0) }
    }

    /// Reads one line.
    public func readLine(prompt: String) async -> LineOutcome {
        await withCheckedContinuation { continuation in
            send(.line(prompt: prompt) { continuation.resume(returning: $0) })
        }
    }

    /// Reads a line that is not shown, and holds the calling thread until it is entered.
    @available(*, noasync, message: "await readSecret(prompt:) in a task")
    public func readSecret(prompt: String) -> LineOutcome {
        wait { .secret(prompt: prompt, reply: $0) }
    }

    /// Reads a line that is not shown.
    public func readSecret(prompt: String) async -> LineOutcome {
        await withCheckedContinuation { continuation in
            send(.secret(prompt: prompt) { continuation.resume(returning: $0) })
        }
    }

    /// Puts a line where the Up key finds it; nothing is remembered by itself, so that no secret is.
    public func remember(_ line: String) {
        unremembered.withLock { $0.append(line) }
    }

    /// Prints lines, above the line being edited if there is one.
    ///
    /// The text goes out as it is: what comes from outside passes `VisibleText` first.
    public func print(_ text: String) {
        var text = text.hasSuffix("\n") ? text : text + "\n"
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                handle.use { ce_print($0, characters.baseAddress, characters.count) }
            }
        }
    }

    /// Restores the terminal and frees the editor, after the reads that were asked for; no read may follow.
    public func close() {
        let closed = DispatchSemaphore(value: 0)
        send(.close { closed.signal() })
        closed.wait()
    }

    private func serve() {
        while true {
            requested.wait()
            let next = requests.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            switch next {
            case .line(let prompt, let reply): reply(edit(prompt: prompt))
            case .secret(let prompt, let reply):
                reply(SecretReader(signals: signals, ending: ending).read(prompt: prompt))
            case .close(let reply):
                signals.remove(observer)
                handle.close()
                return reply()
            case nil: break
            }
        }
    }

    private func edit(prompt: String) -> LineOutcome {
        let lines = unremembered.withLock { lines in
            defer { lines = [] }
            return lines
        }
        for line in lines { ce_remember(handle.editorsThread, line) }

        var text: UnsafePointer<CChar>?
        let outcome = ce_read_line(handle.editorsThread, PromptText.marked(prompt), &text)
        switch outcome {
        case CE_LINE: return .line(text.map { String(cString: $0) } ?? "")
        case CE_INTERRUPTED: return .interrupted
        case CE_TERMINATED: return .terminated(ending.signal ?? .hangup)
        default: return .endOfFile
        }
    }

    private func send(_ request: Request) {
        requests.withLock { $0.append(request) }
        requested.signal()
    }

    private func wait(_ request: (@escaping @Sendable (LineOutcome) -> Void) -> Request) -> LineOutcome {
        let answered = DispatchSemaphore(value: 0)
        let answer = Answer()
        send(
            request { outcome in
                answer.slot.withLock { $0 = outcome }
                answered.signal()
            })
        answered.wait()
        return answer.slot.withLock { $0 }
    }
}
