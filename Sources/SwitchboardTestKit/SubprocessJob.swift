import Glibc
import Synchronization

/// The blocking side of `Subprocess`: starts the program, feeds and drains it in one loop, and reaps it.
struct SubprocessJob: Sendable {
    let path: String
    let arguments: [String]
    let environment: [String: String]?
    let input: [UInt8]
    let limit: Duration

    /// Held while pipes are made and a program started, so that no other program inherits the pipes meanwhile.
    private static let starting = Mutex(())

    func run() throws -> Subprocess {
        blockBrokenPipeSignal()
        var pipes: [SubprocessPipe] = []
        defer { pipes.forEach { $0.close() } }
        let child = try Self.starting.withLock { _ in
            for _ in 0..<3 { pipes.append(try SubprocessPipe(for: path)) }
            return try spawn(pipes)
        }
        pipes[0].closeReading()
        pipes[1].closeWriting()
        pipes[2].closeWriting()
        let deadline = ContinuousClock.now + limit
        guard let (output, errors) = exchange(pipes, until: deadline), let status = wait(for: child, until: deadline)
        else {
            kill(-child, SIGKILL)
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
            throw Subprocess.Failure.timedOut(path: path)
        }
        return Subprocess(status: status, output: output, errors: errors)
    }

    /// A program that ends before it has read all its input must not end the test.
    private func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private func spawn(_ pipes: [SubprocessPipe]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipes[0].reading, 0)
        posix_spawn_file_actions_adddup2(&actions, pipes[1].writing, 1)
        posix_spawn_file_actions_adddup2(&actions, pipes[2].writing, 2)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

        var child = pid_t()
        let result = withCStrings([path] + arguments) { argv in
            guard let environment else { return posix_spawn(&child, path, &actions, &attributes, argv, environ) }
            return withCStrings(environment.map { "\($0)=\($1)" }) { envp in
                posix_spawn(&child, path, &actions, &attributes, argv, envp)
            }
        }
        guard result == 0 else { throw Subprocess.Failure.notStarted(path: path, errno: result) }
        return child
    }

    private func withCStrings(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32
    ) -> Int32 {
        var pointers = strings.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        return body(&pointers)
    }

    /// Writes the input and reads both outputs until they are closed; nil when the time is over.
    private func exchange(
        _ pipes: [SubprocessPipe], until deadline: ContinuousClock.Instant
    ) -> (output: [UInt8], errors: [UInt8])? {
        var rest = input[...]
        var texts: [[UInt8]] = [[], []]
        var isOpen = [true, true]
        pipes[0].makeWritingNonBlocking()
        if rest.isEmpty { pipes[0].closeWriting() }
        while isOpen.contains(true) {
            var polled = [
                pollfd(fd: rest.isEmpty ? -1 : pipes[0].writing, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: isOpen[0] ? pipes[1].reading : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isOpen[1] ? pipes[2].reading : -1, events: Int16(POLLIN), revents: 0),
            ]
            let left = deadline - ContinuousClock.now
            guard left > .zero else { return nil }
            guard poll(&polled, 3, Int32(min(left / .milliseconds(1), 60_000)) + 1) >= 0 || errno == EINTR else {
                return nil
            }
            if polled[0].revents != 0 {
                let count = rest.withUnsafeBytes { write(pipes[0].writing, $0.baseAddress, $0.count) }
                if count > 0 { rest = rest.dropFirst(count) } else if errno != EAGAIN && errno != EINTR { rest = [] }
                if rest.isEmpty { pipes[0].closeWriting() }
            }
            for index in 0...1 where polled[index + 1].revents != 0 {
                isOpen[index] = pipes[index + 1].read(into: &texts[index])
            }
        }
        return (texts[0], texts[1])
    }

    /// Reaps the child; nil when the time is over.
    private func wait(for child: pid_t, until deadline: ContinuousClock.Instant) -> Int32? {
        while true {
            var status: Int32 = 0
            let result = waitpid(child, &status, WNOHANG)
            if result == child {
                let signal = status & 0x7F
                return signal == 0 ? status >> 8 & 0xFF : 128 + signal
            }
            guard result == 0 || errno == EINTR, ContinuousClock.now < deadline else { return nil }
            usleep(1000)
        }
    }
}

/// A pipe whose ends no other program inherits.
private final class SubprocessPipe {
    private(set) var reading: Int32
    private(set) var writing: Int32

    init(for path: String) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Subprocess.Failure.notStarted(path: path, errno: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    /// Reads what is there; returns whether the other side may still write.
    func read(into text: inout [UInt8]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(reading, &buffer, buffer.count)
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        text += buffer.prefix(count)
        return true
    }

    /// Lets a write take what fits, where it would else wait for a reader that waits for us.
    func makeWritingNonBlocking() { _ = fcntl(writing, F_SETFL, fcntl(writing, F_GETFL) | O_NONBLOCK) }

    func closeReading() {
        if reading >= 0 { Glibc.close(reading) }
        reading = -1
    }

    func closeWriting() {
        if writing >= 0 { Glibc.close(writing) }
        writing = -1
    }

    func close() {
        closeReading()
        closeWriting()
    }
}
