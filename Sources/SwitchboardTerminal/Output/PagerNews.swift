import Glibc
import Synchronization

/// What the pager waits for: keys, and signals, which come on another thread.
final class PagerNews: Sendable {
    enum Event {
        case byte(UInt8)
        /// The screen has another size, or the program was stopped and runs again.
        case changed
        /// A signal asks for the end, or there is no keyboard any more.
        case ended
    }

    private struct State {
        var hasEnded = false
        var hasChanged = false
    }

    private let state = Mutex(State())
    /// A pipe that wakes the wait; without one, signals are seen at the next key.
    private let ends: (reading: Int32, writing: Int32)

    init() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
        }
        self.ends = (ends[0], ends[1])
    }

    deinit {
        close(ends.reading)
        close(ends.writing)
    }

    func take(_ signal: TerminalSignal) {
        state.withLock { state in
            switch signal {
            case .interrupt, .terminate, .hangup: state.hasEnded = true
            case .resized, .resumed: state.hasChanged = true
            }
        }
        _ = write(ends.writing, [UInt8(0)], 1)
    }

    /// Holds the calling thread until something comes.
    func next() -> Event {
        while true {
            if let event = told() { return event }
            var sources = [
                pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
                pollfd(fd: ends.reading, events: Int16(POLLIN), revents: 0),
            ]
            if poll(&sources, 2, -1) < 0 { continue }
            if sources[1].revents != 0 {
                drain()
                continue
            }
            var byte: UInt8 = 0
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            return count == 1 ? .byte(byte) : .ended
        }
    }

    /// Waits until the program runs again, not for long where no shell would ever continue it.
    func waitUntilResumed() {
        for _ in 0..<20 {
            if told() != nil { return }
            usleep(10_000)
        }
    }

    private func told() -> Event? {
        state.withLock { state in
            if state.hasEnded { return .ended }
            defer { state.hasChanged = false }
            return state.hasChanged ? .changed : nil
        }
    }

    private func drain() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(ends.reading, &bytes, bytes.count) > 0 {}
    }
}
