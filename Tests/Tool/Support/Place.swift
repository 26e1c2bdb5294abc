import FoundationEssentials
import Glibc
import Switchboard
import SwitchboardTestKit
import Testing

/// A folder of a test's own, with a state folder in it, and the sandbox that runs there.
struct Place: Sendable {
    /// The working folder of the programs that run here.
    let folder: String
    /// What sees to it that no secret gets out here.
    let watch: SecretWatch
    /// The state folder that the programs find by themselves.
    var state: String { folder + "/xdg/switchboard" }

    /// Makes a place, hands it to the body, and stops its sandbox and removes it at the end.
    static func with<Result>(_ body: (Place) async throws -> Result) async throws -> Result {
        await Turns.shared.take()
        var template = Array("/tmp/switchboard-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure("no folder for the test: errno \(errno)") }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let place = Place(folder: folder, watch: SecretWatch(folder: folder))
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(place)) } catch { result = .failure(error) }
        await place.reportLeaks()
        place.stopSandbox()
        _ = try? await Subprocess.run("/bin/rm", ["-rf", place.folder])
        await Turns.shared.giveBack()
        return try result.get()
    }

    // MARK: Programs

    /// Runs the program to its end.
    func run(
        _ arguments: String..., input: String = "", environment: [String: String] = [:],
        limit: Duration = .seconds(60)
    ) async throws -> Subprocess {
        try await run(arguments, input: input, environment: environment, limit: limit)
    }

    /// Runs the program to its end.
    func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:],
        limit: Duration = .seconds(60)
    ) async throws -> Subprocess {
        try await run(
            program: [Programs.switchboard] + arguments, input: input, environment: environment, limit: limit)
    }

    /// Runs any program in this place.
    func run(
        program: [String], input: String = "", environment: [String: String] = [:], limit: Duration = .seconds(60)
    ) async throws -> Subprocess {
        watch.given(program, input: input, environment: environment)
        let result = try await Subprocess.run(
            "/usr/bin/env", ["-C", folder] + program, environment: self.environment.merging(environment) { $1 },
            input: Array(input.utf8), limit: limit)
        watch.said(program, result)
        return result
    }

    /// Runs a line of shell in this place; `$SWITCHBOARD` is the program.
    func shell(_ line: String, limit: Duration = .seconds(60)) async throws -> Subprocess {
        try await run(
            program: ["/bin/bash", "-c", line], environment: ["SWITCHBOARD": Programs.switchboard], limit: limit)
    }

    /// Starts the program, to be signalled while it runs.
    func start(_ arguments: [String], program: String = Programs.switchboard) async throws -> Job {
        let pidFile = "\(folder)/pid-\(UInt32.random(in: 0...UInt32.max))"
        let command = ["/bin/sh", "-c", "echo $$ >\"$0\"; exec \"$@\"", pidFile, program] + arguments
        let result = Task { try await run(program: command) }
        let line = try await wait(for: "the program to start") { () -> String? in
            guard let line = text(of: pidFile), line.hasSuffix("\n") else { return nil }
            return line
        }
        guard let pid = pid_t(line.dropLast()) else { throw Failure("no process id in '\(line)'") }
        return Job(pid: pid, result: result)
    }

    /// Starts the program with what it tells in a file, so that `told` can wait for it.
    func startTelling(_ arguments: [String]) async throws -> Job {
        try await start(
            ["-c", "exec \"$0\" \"$@\" 2>told", Programs.switchboard] + arguments, program: "/bin/sh")
    }

    /// What a program that was started so has told.
    var told: String { text(of: "\(folder)/told") ?? "" }

    /// Waits until it has told this.
    func told(_ words: String) async throws { try await wait(for: words) { told.contains(words) ? () : nil } }

    /// What programs here see: the user's variables but those of vendors, and a home of their own.
    var environment: [String: String] {
        let inherited = ProcessInfo.processInfo.environment.filter { variable in
            !["LIVEKIT_", "TWILIO_", "SWITCHBOARD_PASSPHRASE"].contains(where: variable.key.hasPrefix)
        }
        return inherited.merging(["HOME": folder, "XDG_STATE_HOME": folder + "/xdg"]) { $1 }
    }

    // MARK: Files

    /// Writes a file into the place and returns its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    /// Writes a file into the place and returns its path.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(bytes).write(to: URL(filePath: path))
        watch.owns(path, bytes)
        return path
    }

    /// The text of a file; nil where there is none.
    func text(of path: String) -> String? {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }

    // MARK: The sandbox

    /// Starts it as nobody's child: one that is killed must not wait for this process to reap it, since the test
    /// library's own wait for exit tests takes no rest beside such a one.
    private func startSandbox(_ inventory: String) async throws {
        let folder = state + "/sandbox"
        mkdir(folder, 0o700)
        let command =
            "setsid --fork \(Programs.sandbox) --on-demand --inventory \(inventory) --state \(folder) <&- >/dev/null 2>&1"
        _ = try await shell(command)
        try await wait(for: "the sandbox to start") { sandboxPID }
    }

    /// Kills the sandboxes of all state folders in this place.
    func stopSandbox() {
        let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        for file in files where file.hasSuffix("/sandbox/endpoint.json") {
            if let pid = sandboxPID(folder + "/" + file) { kill(pid, SIGKILL) }
        }
    }

    /// The process of this place's sandbox, where one runs.
    var sandboxPID: pid_t? { sandboxPID(state + "/sandbox/endpoint.json") }

    private func sandboxPID(_ file: String) -> pid_t? {
        guard let text = text(of: file),
            let endpoint = try? JSONDecoder().decode(SandboxEndpoint.self, from: Data(text.utf8)),
            let command = self.text(of: "/proc/\(endpoint.pid)/cmdline"), command.hasPrefix(Programs.sandbox)
        else { return nil }
        return endpoint.pid
    }

    /// The sandbox of this place, started where none runs, as one vendor's emulator in it.
    func sandbox(inventory: String = "standard", of provider: String = "livekit") async throws -> SandboxAdmin {
        mkdir(folder + "/xdg", 0o700)
        mkdir(state, 0o700)
        if sandboxPID == nil { try await startSandbox(inventory) }
        let (endpoint, process) = try await endpoint()
        return SandboxAdmin(url: try endpoint.listener(of: provider).url, keptAlive: process)
    }

    private func endpoint() async throws -> (endpoint: SandboxEndpoint, process: SandboxProcess) {
        let process = SandboxProcess(stateFolder: state, executable: Programs.sandbox)
        return (try await offTasks { try process.endpoint() }, process)
    }

    // MARK: Secrets

    /// Fails the test for every secret that its programs were given and that got out, while the sandbox still runs.
    private func reportLeaks() async {
        var leaks = watch.leaks()
        if sandboxPID != nil, watch.count > 0, let (endpoint, process) = try? await endpoint() {
            for listener in endpoint.listeners {
                let log = try? await SandboxAdmin(url: listener.url, keptAlive: process).requestLog()
                leaks += watch.leaks(in: log ?? "", of: "the log of requests to \(listener.provider)")
            }
        }
        for leak in leaks { Issue.record("a secret got out: \(leak)") }
        watch.note(leaks.count)
    }
}

/// A program that was started.
struct Job: Sendable {
    let pid: pid_t
    let result: Task<Subprocess, any Error>

    /// Sends a signal.
    func signal(_ number: Int32) { kill(pid, number) }

    /// Waits for its end.
    func end() async throws -> Subprocess { try await result.value }
}

/// What keeps a test from being carried out.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Asks until there is an answer; fails after so many questions as some seconds have room for, however long a loaded
/// machine takes for them.
@discardableResult
func wait<Answer>(
    for what: String, seconds: Int = 20, _ question: () async throws -> Answer?
) async throws -> Answer {
    for _ in 0..<seconds * 200 {
        if let answer = try await question() { return answer }
        try await Task.sleep(for: .milliseconds(5))
    }
    throw Failure("waited in vain for \(what)")
}
