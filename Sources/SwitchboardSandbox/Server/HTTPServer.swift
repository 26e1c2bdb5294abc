import CMicrohttpd
import Dispatch
import Glibc
import Synchronization

/// A libmicrohttpd daemon on 127.0.0.1 whose requests are answered by tasks.
///
/// The daemon has one thread of its own in poll mode. A request is suspended before its task starts and always
/// resumed, also when its client has gone: a connection that stays suspended makes stopping abort the process.
final class HTTPServer: Sendable {
    typealias Answerer = @Sendable (SandboxRequest) async -> SandboxAnswer

    let port: UInt16
    private let service: HTTPService
    private let running: Mutex<Running?>

    init(port: UInt16?, bodyLimit: Int, clock: ActivityClock, answer: @escaping Answerer) throws(PortError) {
        var actual = port ?? 0
        let listener = swb_http_listen(&actual)
        guard listener >= 0 else { throw PortError(port: port ?? 0, isTaken: errno == EADDRINUSE, code: errno) }
        service = HTTPService(bodyLimit: bodyLimit, clock: clock, answer: answer)
        var callbacks = HTTPCallbacks.table
        callbacks.context = Unmanaged.passUnretained(service).toOpaque()
        var state: UnsafeMutableRawPointer?
        guard let daemon = swb_http_start(listener, 8192, &callbacks, &state) else {
            let code = errno
            close(listener)
            throw PortError(port: actual, isTaken: false, code: code)
        }
        self.port = actual
        running = Mutex(Running(daemon: daemon, state: state))
    }

    /// One that was not stopped is stopped on a thread of its own: the last reference may be a task's.
    deinit {
        guard let taken = take() else { return }
        let service = service
        DispatchQueue(label: "sandbox.stop").async { Self.stop(taken, service) }
    }

    /// Stops once and blocks until that is done; a second call returns at once.
    func stop() {
        if let taken = take() { Self.stop(taken, service) }
    }

    private func take() -> Running? {
        running.withLock { slot in
            defer { slot = nil }
            return slot
        }
    }

    private static func stop(_ running: Running, _ service: HTTPService) {
        let listener = MHD_quiesce_daemon(running.daemon)
        if listener >= 0 { close(listener) }
        service.finish()
        MHD_stop_daemon(running.daemon)
        swb_http_free(running.state)
    }

    /// The daemon's pointers, owned by whoever stops it.
    ///
    /// Unchecked: libmicrohttpd's handles may cross threads.
    private struct Running: @unchecked Sendable {
        let daemon: OpaquePointer
        let state: UnsafeMutableRawPointer?
    }
}

/// What the daemon's callbacks share: the limit, the answerer and the tasks in flight.
final class HTTPService: Sendable {
    let bodyLimit: Int
    private let clock: ActivityClock
    private let answer: HTTPServer.Answerer
    private let flights = Mutex(Flights())

    private struct Flights {
        var isStopping = false
        var next = 0
        var tasks: [Int: Task<Void, Never>] = [:]
        var unsent = 0
    }

    init(bodyLimit: Int, clock: ActivityClock, answer: @escaping HTTPServer.Answerer) {
        self.bodyLimit = bodyLimit
        self.clock = clock
        self.answer = answer
    }

    /// Answers a suspended connection's request in a task and resumes the connection.
    func launch(_ exchange: HTTPExchange, on connection: SuspendedConnection, _ request: SandboxRequest) {
        clock.touch()
        flights.withLock { flights in
            let id = flights.next
            flights.next += 1
            flights.unsent += 1
            let task = Task {
                let answer = await self.answer(request)
                exchange.answer.withLock { $0 = answer }
                self.clock.touch()
                connection.resume()
                self.flights.withLock { _ = $0.tasks.removeValue(forKey: id) }
            }
            flights.tasks[id] = task
            if flights.isStopping { task.cancel() }
        }
    }

    /// Notes that an answered request is over.
    func landed() { flights.withLock { $0.unsent -= 1 } }

    /// Cancels the waits of what is in flight, and returns when every answer has been handed over and sent.
    func finish() {
        flights.withLock { flights in
            flights.isStopping = true
            for task in flights.tasks.values { task.cancel() }
        }
        while flights.withLock({ !$0.tasks.isEmpty }) { usleep(1000) }
        for _ in 0..<2000 where flights.withLock({ $0.unsent > 0 }) { usleep(1000) }
    }
}

/// A connection that waits for its answer.
///
/// Unchecked: libmicrohttpd allows resuming from any thread.
struct SuspendedConnection: @unchecked Sendable {
    private let connection: OpaquePointer

    init(suspending connection: OpaquePointer) {
        self.connection = connection
        MHD_suspend_connection(connection)
    }

    func resume() { MHD_resume_connection(connection) }
}
