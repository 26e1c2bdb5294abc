import Glibc
import SwitchboardCore
import Synchronization

/// What the runs of this process have to agree on before they change what the numbers of one account share.
public final class AccountGate: Sendable {
    private let provider: String
    private let account: String
    private let lock = ReadWriteLock()
    private let sound = Mutex(false)
    private let refusal = Mutex<(run: String, error: SwitchboardError)?>(nil)

    init(_ provider: String, _ account: String) { (self.provider, self.account) = (provider, account) }

    /// Runs the body while nobody makes or takes away what the account's numbers share; others do the same meanwhile.
    public func shared<Result>(_ body: () throws -> Result) rethrows -> Result {
        lock.lockForReading()
        defer { lock.unlock() }
        return try body()
    }

    /// Runs the body while nobody else does anything with the account's numbers.
    public func alone<Result>(_ body: () throws -> Result) rethrows -> Result {
        lock.lockForWriting()
        defer { lock.unlock() }
        return try body()
    }

    /// Whether somebody in this process has looked at all that the numbers share and has found or made it.
    public var isSound: Bool {
        get { sound.withLock { $0 } }
        set { sound.withLock { $0 = newValue } }
    }

    /// Asks the account, unless it has refused its credentials to this run already: one that is revoked in the middle of
    /// a run is asked no more.
    public func asking<Answer>(for run: RunSession, _ body: () throws -> Answer) throws -> Answer {
        if let known = refusal.withLock({ $0 }), known.run == run.id {
            var error = known.error
            error.message = "the \(provider) account \(account) is asked no more in this run: \(error.message)"
            error.attempts = 0
            throw error
        }
        do { return try body() } catch let error as SwitchboardError
            where error.code == .unauthorized && error.provider == provider
        {
            refusal.withLock { $0 = (run.id, error) }
            throw error
        }
    }
}

/// A POSIX lock; unchecked because the C type is a plain struct whose functions are thread-safe by contract.
private final class ReadWriteLock: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_rwlock_t>.allocate(capacity: 1)

    init() { pthread_rwlock_init(lock, nil) }

    deinit {
        pthread_rwlock_destroy(lock)
        lock.deallocate()
    }

    func lockForReading() { pthread_rwlock_rdlock(lock) }
    func lockForWriting() { pthread_rwlock_wrlock(lock) }
    func unlock() { pthread_rwlock_unlock(lock) }
}
