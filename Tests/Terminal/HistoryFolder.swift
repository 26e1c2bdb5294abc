import Glibc

@testable import SwitchboardTerminal

/// A folder for a history file, gone with the value that names it.
final class HistoryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/switchboard-history-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw ScreenCase.Failure(description: "no folder: errno \(errno)") }
        path = String(cString: made)
    }

    deinit {
        for name in ["history.jsonl", "history.jsonl.new"] { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    static func read(_ path: String) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ScreenCase.Failure(description: "no file \(path): errno \(errno)") }
        defer { close(descriptor) }
        let bytes = HistoryFile.bytes(of: descriptor, 0..<HistoryFile.size(of: descriptor))
        return String(decoding: bytes, as: UTF8.self)
    }

    static func append(_ path: String, _ bytes: [UInt8]) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw ScreenCase.Failure(description: "cannot write \(path): errno \(errno)")
        }
    }

    static func size(_ path: String) throws -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { throw ScreenCase.Failure(description: "no file \(path)") }
        return Int(status.st_size)
    }

    static func mode(_ path: String) throws -> UInt32 {
        var status = stat()
        guard stat(path, &status) == 0 else { throw ScreenCase.Failure(description: "no file \(path)") }
        return status.st_mode & 0o777
    }

    /// Starts the demo, kills it after so many lines of output, and returns how many statements it had told by then.
    static func killed(_ arguments: [String], afterLines wanted: Int) throws -> Int {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ScreenCase.Failure(description: "no pipe: errno \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let child: pid_t
        do {
            defer { close(ends[1]) }
            child = try ScreenCase.spawn([ScreenCase.demo()] + arguments, output: ends)
        }
        var (buffer, output, isKilled) = ([UInt8](repeating: 0, count: 64), [UInt8](), false)
        while true {
            let count = Glibc.read(ends[0], &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            output += buffer[..<count]
            if !isKilled, output.count(where: { $0 == 0x0A }) >= wanted {
                kill(child, SIGKILL)
                isKilled = true
            }
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return output.count { $0 == 0x0A }
    }
}
