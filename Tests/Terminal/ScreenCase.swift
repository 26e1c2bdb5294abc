import Glibc

@testable import SwitchboardTerminal

/// Runs `Screen/cases.py` with the Python that `scripts/test` prepared.
enum ScreenCase {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    struct Run: Sendable {
        let status: Int32
        let output: String
    }

    /// The demo program stands beside the test program.
    static func demo() throws -> String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count)
        guard count > 0 else { throw Failure(description: "the test program does not know its own path") }
        let whole = String(decoding: path[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return whole.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/TerminalDemo"
    }

    /// Runs the script off the task threads, which are few.
    static func run(_ arguments: [String]) async throws -> Run {
        guard let python = getenv("SWITCHBOARD_TEST_PYTHON").map({ String(cString: $0) }) else {
            throw Failure(description: "SWITCHBOARD_TEST_PYTHON is not set: run scripts/test")
        }
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        return try await run(program: [python, "-B", "/\(folder)/Screen/cases.py"] + arguments)
    }

    /// Runs a program off the task threads.
    static func run(program command: [String]) async throws -> Run {
        try await withCheckedThrowingContinuation { continuation in
            startThread { continuation.resume(with: Result { try finish(command) }) }
        }
    }

    private static func finish(_ command: [String]) throws -> Run {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Failure(description: "no pipe: errno \(errno)") }
        defer { close(ends[0]) }
        let child: pid_t
        do {
            defer { close(ends[1]) }
            child = try spawn(command, output: ends)
        }
        let output = readAll(ends[0])
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return Run(status: status, output: output)
    }

    static func spawn(_ command: [String], output ends: [Int32]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        let failure = posix_spawn(&child, command[0], &actions, nil, &arguments, environ)
        guard failure == 0 else {
            throw Failure(description: "cannot start \(command[0]): \(String(cString: strerror(failure)))")
        }
        return child
    }

    private static func readAll(_ descriptor: Int32) -> String {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return String(decoding: all, as: UTF8.self) }
            all += buffer[..<count]
        }
    }
}
