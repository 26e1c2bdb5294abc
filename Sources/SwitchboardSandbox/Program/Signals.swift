import Glibc
import Synchronization

/// The signals that end the sandbox, turned into something that can be waited for.
struct Signals: Sendable {
    private static let writer = Atomic<Int32>(-1)
    private static let handler: @convention(c) (Int32) -> Void = { signal in
        var byte = UInt8(truncatingIfNeeded: signal)
        _ = write(Signals.writer.load(ordering: .relaxed), &byte, 1)
    }

    private let reader: Int32

    /// Starts to catch SIGINT and SIGTERM, and to ignore SIGPIPE; once per process.
    ///
    /// Both are unblocked: a process inherits its mask from the thread that started it, which may block everything.
    init() {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reader = ends[0]
        Self.writer.store(ends[1], ordering: .relaxed)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = Self.handler
        action.sa_flags = Int32(SA_RESTART)
        sigaction(SIGINT, &action, nil)
        sigaction(SIGTERM, &action, nil)
        signal(SIGPIPE, SIG_IGN)
        var mask = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGINT)
        sigaddset(&mask, SIGTERM)
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    }

    /// Waits for a signal that ends the program; false when none came in time.
    func wait(milliseconds: Int32) -> Bool {
        var item = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
        return poll(&item, 1, milliseconds) > 0
    }
}
