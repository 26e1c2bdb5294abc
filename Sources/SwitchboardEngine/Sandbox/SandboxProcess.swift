import FoundationEssentials
import Glibc
import SwitchboardCore
import Synchronization

/// The sandbox of one state folder, run as a process of its own: found through its port file, started when it does
/// not run, and kept alive as long as this object lives.
///
/// Whoever uses the sandbox holds a shared lock on the file `users`; the sandbox leaves only while it holds that lock
/// alone. So it is never gone in the middle of somebody's work, however that somebody ends.
public final class SandboxProcess: Sendable {
    private let folder: String
    private let executable: String
    private let users = Mutex<Int32>(-1)
    private let child = Mutex<pid_t>(0)

    /// Makes the handle of a sandbox; starts nothing.
    ///
    /// `executable` is the program `switchboard-sandbox`; `stateFolder` is the engine's state folder.
    public init(stateFolder: String, executable: String) {
        folder = stateFolder + "/sandbox"
        self.executable = executable
    }

    deinit {
        let users = users.withLock { $0 }
        if users >= 0 { close(users) }
    }

    /// Returns where the sandbox listens, after starting it if it does not run.
    ///
    /// Throws `unreachable` when it does not come up within ten seconds.
    public func endpoint() throws -> SandboxEndpoint {
        try users.withLock { users in
            if users < 0 { users = try shareUse() }
        }
        if !isRunning { try start() }
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            if isRunning, let endpoint = readEndpoint() { return endpoint }
            usleep(5000)
        }
        throw SwitchboardError(
            .unreachable, "the sandbox did not start within 10 s", help: "try: \(executable) --state \(folder)",
            cause: startUpError)
    }

    /// What the sandbox said on its standard error.
    private var startUpError: String? {
        guard let data = try? Data(contentsOf: URL(filePath: folder + "/sandbox.log")), !data.isEmpty else {
            return nil
        }
        return String(decoding: data.prefix(500), as: UTF8.self).split(separator: "\n").joined(separator: "; ")
    }

    private func shareUse() throws -> Int32 {
        mkdir(folder, 0o700)
        let file = open(folder + "/users", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw unwritable() }
        while flock(file, LOCK_SH) != 0 {
            guard errno == EINTR else { throw unwritable() }
        }
        return file
    }

    private func unwritable() -> SwitchboardError {
        SwitchboardError(
            .storeUnavailable, "the sandbox's folder \(folder) cannot be written",
            cause: String(cString: strerror(errno)))
    }

    /// A running sandbox holds the file `lock` alone.
    private var isRunning: Bool {
        let file = open(folder + "/lock", O_RDWR | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return flock(file, LOCK_SH | LOCK_NB) != 0
    }

    private func readEndpoint() -> SandboxEndpoint? {
        guard let data = try? Data(contentsOf: URL(filePath: folder + "/endpoint.json")),
            let endpoint = try? JSONDecoder().decode(SandboxEndpoint.self, from: data),
            kill(endpoint.pid, 0) == 0
        else { return nil }
        return endpoint
    }

    /// POSIX_SPAWN_SETSID, which the C library declares for GNU sources only.
    private static let setSession: Int16 = 0x80

    /// What the sandbox sees of the environment: it outlives the program, and must not carry a vendor's credentials on.
    private static var environment: [String] {
        let names = ["HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ"]
        return names.compactMap { (name: String) in
            getenv(name).map { "\(name)=\(String(cString: $0))" }
        }
    }

    /// Starts the sandbox in a session of its own, so that a Ctrl-C in the terminal does not reach it.
    private func start() throws {
        reap()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, folder + "/sandbox.log", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Self.setSession)

        var arguments = ([executable, "--on-demand", "--state", folder] as [String]).map { strdup($0) } + [nil]
        var environment = Self.environment.map { strdup($0) } + [nil]
        defer { (arguments + environment).forEach { free($0) } }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, executable, &actions, &attributes, &arguments, &environment)
        child.withLock { $0 = pid }
        guard status == 0 else {
            throw SwitchboardError(
                .unreachable, "the sandbox program \(executable) cannot be started",
                help: "it is built and installed beside the program switchboard",
                cause: String(cString: strerror(status)))
        }
    }

    /// Takes note of the end of the sandbox that this process started before, so that it does not stay as a zombie.
    private func reap() {
        child.withLock { child in
            if child > 0 { waitpid(child, nil, WNOHANG) }
            child = 0
        }
    }
}
