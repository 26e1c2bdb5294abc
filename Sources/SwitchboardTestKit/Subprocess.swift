import Glibc

/// A program run to its end by a test.
public struct Subprocess: Sendable {
    /// The exit status; 128 and the signal's number where a signal ended the program.
    public var status: Int32
    /// All that it wrote to its standard output.
    public var output: [UInt8]
    /// All that it wrote to its standard error.
    public var errors: [UInt8]

    /// The standard output as text.
    public var outputText: String { String(decoding: output, as: UTF8.self) }
    /// The standard error as text.
    public var errorText: String { String(decoding: errors, as: UTF8.self) }

    /// Why a program did not run to its end.
    public enum Failure: Error, Equatable {
        /// It could not be started; the number is an `errno`.
        case notStarted(path: String, errno: Int32)
        /// It was still running after the time limit, and was killed with all that it had started.
        case timedOut(path: String)
    }

    /// Runs a program and waits for its end on a thread of its own, so that no task's thread is blocked.
    ///
    /// - Parameters:
    ///   - path: The program, an absolute path or one from the current folder; it is not looked for in `PATH`.
    ///   - arguments: What follows the program's name.
    ///   - environment: Its whole environment; nil passes on the test's own.
    ///   - input: The bytes of its standard input.
    ///   - limit: When it is killed.
    /// - Throws: `Failure`.
    public static func run(
        _ path: String, _ arguments: [String] = [], environment: [String: String]? = nil, input: [UInt8] = [],
        limit: Duration = .seconds(60)
    ) async throws -> Subprocess {
        let job = SubprocessJob(path: path, arguments: arguments, environment: environment, input: input, limit: limit)
        return try await withCheckedThrowingContinuation { continuation in
            SubprocessThread.start { continuation.resume(with: Result { try job.run() }) }
        }
    }
}

/// A thread for one blocking piece of work.
private final class SubprocessThread: Sendable {
    private let body: @Sendable () -> Void

    private init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    static func start(_ body: @escaping @Sendable () -> Void) {
        let context = Unmanaged.passRetained(SubprocessThread(body)).toOpaque()
        var thread = pthread_t()
        if pthread_create(&thread, nil, entry, context) == 0 {
            pthread_detach(thread)
        } else {
            Unmanaged<SubprocessThread>.fromOpaque(context).takeRetainedValue().body()
        }
    }

    private static let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        Unmanaged<SubprocessThread>.fromOpaque(context).takeRetainedValue().body()
        return nil
    }
}
