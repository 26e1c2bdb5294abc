import CEditline
import Dispatch
import Glibc
import Synchronization

/// The prompt: reads edited lines from the terminal, on a thread of its own.
///
/// A line may have several rows: Enter asks the hooks whether it is complete. While a line is edited, Ctrl-C and Ctrl-Z
/// are keys; otherwise the terminal is as the user left it and they are signals, which the `SignalWatcher` reports.
/// A process has one editor at a time.
public final class LineEditor: Sendable {
    private enum Request: Sendable {
        case line(prompt: @Sendable () -> String, prefill: String, reply: @Sendable (LineOutcome) -> Void)
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
    private let memory = Mutex<[String]>([])
    private let hooks: LineHooks
    private let ending: Ending

    /// What the user should know before the first prompt, a sentence each: a locale without UTF-8, keys of vi.
    public let warnings: [String]

    /// Opens the editor; the user's `~/.editrc` may bind keys for the program's name.
    ///
    /// Throws `TerminalError` where standard input or output is no terminal.
    public init(program: String, signals: SignalWatcher, hooks: LineHooks = LineHooks()) throws(TerminalError) {
        guard isTerminal(STDIN_FILENO) && isTerminal(STDOUT_FILENO) else {
            throw TerminalError(doing: "open the line editor", errno: ENOTTY)
        }
        guard let pointer = ce_open(program) else {
            throw TerminalError(doing: "open the line editor", errno: errno)
        }
        let handle = EditorHandle(pointer)
        let ending = Ending()
        self.handle = handle
        self.signals = signals
        self.hooks = hooks
        self.ending = ending
        warnings = Self.warnings(isUTF8: ce_use_utf8(), isVi: ce_is_vi(pointer))
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
    /// The prompt may hold colours (`TextStyle`); other control characters in it are made visible. It is made once more
    /// whenever something is printed above the line. The line begins as `prefill`, which may have several rows.
    @available(*, noasync, message: "await readLine(prompt:prefill:) in a task")
    public func readLine(
        prompt: @autoclosure @escaping @Sendable () -> String, prefill: String = ""
    ) -> LineOutcome {
        wait { .line(prompt: prompt, prefill: prefill, reply: $0) }
    }

    /// Reads one line.
    public func readLine(
        prompt: @autoclosure @escaping @Sendable () -> String, prefill: String = ""
    ) async -> LineOutcome {
        await withCheckedContinuation { continuation in
            send(.line(prompt: prompt, prefill: prefill) { continuation.resume(returning: $0) })
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

    /// Puts a line where the Up key finds it first; nothing is remembered by itself, so that no secret is.
    public func remember(_ line: String) {
        memory.withLock { lines in
            if let before = lines.lastIndex(of: line) { lines.remove(at: before) }
            lines.append(line)
        }
    }

    /// Replaces what the Up key finds, oldest first.
    public func setMemory(_ lines: [String]) {
        memory.withLock { $0 = lines }
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
            case .line(let prompt, let prefill, let reply): reply(edit(prompt: prompt, prefill: prefill))
            case .secret(let prompt, let reply):
                reply(SecretReader(signals: signals, ending: ending).read(Question(prompt)))
            case .close(let reply):
                signals.remove(observer)
                handle.close()
                return reply()
            case nil: break
            }
        }
    }

    private func edit(prompt: @escaping @Sendable () -> String, prefill: String) -> LineOutcome {
        let prefill = LineText(prefill).kept.text
        let line = TypedLine(
            handle.editorsThread, prompt: prompt, hooks: hooks, memory: memory.withLock { $0 }, prefill: prefill)
        let (outcome, text) = line.read(prefill: prefill)
        switch outcome {
        case CE_LINE: return .line(text)
        case CE_INTERRUPTED: return .interrupted
        case CE_TERMINATED: return .terminated(ending.signal ?? .hangup)
        default: return .endOfFile
        }
    }

    static func warnings(isUTF8: Bool, isVi: Bool) -> [String] {
        var warnings: [String] = []
        if !isUTF8 { warnings.append("no UTF-8 locale: only ASCII can be typed") }
        if isVi {
            warnings.append(
                "vi keys, as your editrc has them: Alt-Enter and Alt-P are missing, / and ? search as Ctrl-R does")
        }
        return warnings
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
