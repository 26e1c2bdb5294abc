import Glibc

/// A value that several tasks and threads write down.
///
/// Unchecked because of the C lock: the thread sanitizer sees the order that it establishes, and not that of a
/// contended `Mutex`, which the kernel hands over.
final class Record<Value: Sendable>: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var state: Value

    init(_ value: Value) {
        state = value
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    var value: Value { change { $0 } }

    @discardableResult func change<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body(&state)
    }
}

/// Runs the body until it is true, for at most ten seconds.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<10_000 {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(1))
    }
    return condition()
}
