import CEditline
import Glibc
import Synchronization

/// The signals that a terminal program answers.
public enum TerminalSignal: Int32, Sendable, CaseIterable {
    /// The terminal went away (SIGHUP).
    case hangup = 1
    /// Ctrl-C while the terminal is not being edited on (SIGINT).
    case interrupt = 2
    /// A request to end (SIGTERM).
    case terminate = 15
    /// The process runs again after it was stopped (SIGCONT).
    case resumed = 18
    /// The terminal has another size (SIGWINCH).
    case resized = 28

    /// The exit status of a program that ends because of this signal.
    public var exitStatus: Int32 { 128 + rawValue }

    /// Whether it asks for an end.
    public var isEnding: Bool { [.interrupt, .terminate, .hangup].contains(self) }
}

/// Takes the signals of the process and hands them to closures on a thread of its own.
///
/// The closures run one after another, the youngest first, and may lock and allocate, which a signal handler must not.
/// A signal that the process was started to ignore (`nohup`, a shell's `&`) stays ignored.
/// A watched signal without an observer does nothing. A process has one watcher at a time.
public final class SignalWatcher: Sendable {
    /// What the watcher calls when a signal comes.
    public typealias Observer = @Sendable (TerminalSignal) -> Void

    private let observers = Mutex<[(number: Int, observer: Observer)]>([])
    private let nextNumber = Atomic<Int>(0)

    /// Starts to watch; throws `TerminalError` if the process has a watcher already.
    public init() throws(TerminalError) {
        let numbers = TerminalSignal.allCases.map(\.rawValue)
        let descriptor = ce_signals_watch(numbers, Int32(numbers.count))
        guard descriptor >= 0 else {
            throw TerminalError(doing: "watch signals", errno: errno)
        }
        guard startThread({ self.run(descriptor) }) else {
            ce_signals_restore()
            Glibc.close(descriptor)
            throw TerminalError(doing: "start the signal thread", errno: EAGAIN)
        }
    }

    /// Adds an observer and returns its number, which `remove` takes.
    @discardableResult
    public func observe(_ observer: @escaping Observer) -> Int {
        let number = nextNumber.add(1, ordering: .relaxed).newValue
        observers.withLock { $0.append((number, observer)) }
        return number
    }

    /// Removes the observer with that number; a call to it that has begun still ends.
    public func remove(_ number: Int) {
        observers.withLock { $0.removeAll { $0.number == number } }
    }

    /// Puts back what handled the signals before; no observer is called for a signal that comes later.
    public func stop() {
        ce_signals_restore()
    }

    private func run(_ descriptor: Int32) {
        Self.unblockSignals()
        var byte: UInt8 = 0
        while true {
            let count = read(descriptor, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            guard count == 1 else { break }
            if let signal = TerminalSignal(rawValue: Int32(byte)) { deliver(signal) }
        }
        Glibc.close(descriptor)
    }

    /// Whoever started the process may have blocked signals; then this thread takes them.
    private static func unblockSignals() {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in TerminalSignal.allCases { sigaddset(&set, signal.rawValue) }
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    private func deliver(_ signal: TerminalSignal) {
        let all = observers.withLock { $0.map(\.observer) }
        for observer in all.reversed() { observer(signal) }
    }
}
