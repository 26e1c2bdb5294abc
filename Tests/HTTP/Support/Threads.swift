import Glibc

/// A thread of its own for blocking work: the cooperative pool must not be blocked.
final class WorkerThread: Sendable {
    private final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
        return nil
    }

    private let thread: pthread_t

    init(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, Self.main, Unmanaged.passRetained(Box(body)).toOpaque())
        precondition(result == 0, "a test needs a thread")
        self.thread = thread
    }

    func join() { pthread_join(thread, nil) }
}
