import Glibc

/// A thread on which scripts are checked and run: its stack is deep enough for the deepest script that the check lets
/// pass, whatever thread asks for it.
struct EvaluatorThread {
    /// Address space only; a page is taken when it is touched.
    private static let stackSize = 64 << 20

    /// nil where the system had no thread to give; the body has run already then.
    private let thread: pthread_t?

    /// Starts the body.
    init(_ body: @escaping @Sendable () -> Void) {
        thread = Self.start(body)
        if thread == nil { body() }
    }

    /// Starts the body; nil where the system has no thread to give.
    init?(ifAny body: @escaping @Sendable () -> Void) {
        guard let thread = Self.start(body) else { return nil }
        self.thread = thread
    }

    private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
        let start = Unmanaged.passRetained(Start(body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        var thread = pthread_t()
        if pthread_create(&thread, &attributes, Start.entry, start.toOpaque()) == 0 { return thread }
        start.release()
        return nil
    }

    /// Has this thread wait for its turn when it is woken, and not take the processor from the one that wakes it.
    ///
    /// Rows side by side are woken many at once, by the one that has written for all of them and is to write again. Where
    /// the host has given its threads another order, that stays.
    static func waitForTurns() {
        let batch: Int32 = 3  // SCHED_BATCH, which the module does not show
        var parameters = sched_param()
        if sched_getscheduler(0) == SCHED_OTHER { sched_setscheduler(0, batch, &parameters) }
    }

    /// Waits for the end of the body; either this or `detach` is to be called once.
    func join() { if let thread { pthread_join(thread, nil) } }

    /// Leaves the body to itself.
    func detach() { if let thread { pthread_detach(thread) } }

    /// Runs a body that blocks, and suspends the task for as long.
    static func await<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            EvaluatorThread { continuation.resume(returning: body()) }.detach()
        }
    }

    /// Runs the body on a thread of its own and waits for it.
    static func run<Result>(_ body: @escaping () -> Result) -> Result {
        let work = Work(body)
        EvaluatorThread { work.run() }.join()
        return work.result
    }

    /// What the waiting thread lends to the other; unchecked because `pthread_join` stands between the two.
    private final class Work<Result>: @unchecked Sendable {
        private let body: () -> Result
        private var value: Result?

        init(_ body: @escaping () -> Result) { self.body = body }

        func run() { value = body() }

        var result: Result {
            guard let value else { preconditionFailure("a joined thread has run its body") }
            return value
        }
    }

    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }

        static let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
            guard let argument else { return nil }
            Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
            return nil
        }
    }
}
