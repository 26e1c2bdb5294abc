import FoundationEssentials
import Glibc
import SwitchboardTestKit
import Synchronization
import Testing

/// Watches that no secret which programs of a place were given gets where it has no business: into a file's bytes or
/// name, an output, or the command line or environment of a process.
///
/// The folder `sandbox` in a state folder is the vendor's side: an emulator has to know its accounts' tokens and the
/// passwords of its trunks to tell the right ones, as the real vendor does, so its files are let be. Its log of
/// requests and its process are looked at.
final class SecretWatch: Sendable {
    private struct State {
        var secrets: Set<String> = []
        /// Files that a test itself has written a secret into.
        var own: Set<String> = []
        var outputs: [(program: String, text: [UInt8])] = []
    }

    private let folder: String
    private let state = Mutex(State())

    /// What belongs to a request and nowhere else, whatever the secret: LiveKit's token, and the emulated Twilio
    /// accounts' Authorization header.
    static let ofEveryRequest = ["eyJhbGci", "QUNhMDAwMDAwMDAwMDAwMDAwMDAwMDAw"]

    /// The secret of LiveKit's emulator is a common word, and can be looked for by its tokens only.
    private static let tooCommon: Set<String> = ["secret"]

    init(folder: String) { self.folder = folder }

    // MARK: What is known

    /// Takes note of a secret; shorter ones than six characters would be found everywhere.
    func given(_ secret: String) {
        if secret.utf8.count >= 6, !Self.tooCommon.contains(secret) { state.withLock { _ = $0.secrets.insert(secret) } }
    }

    /// Takes note of what a program is given as a secret: its standard input where a flag reads a secret there, and
    /// the variables that vendors keep secrets in.
    func given(_ program: [String], input: String, environment: [String: String]) {
        if program.contains(where: { $0.contains("-stdin") || $0.contains("--stdin") }) {
            given(input.hasSuffix("\n") ? String(input.dropLast()) : input)
            input.split(separator: "\n").forEach { given(String($0)) }
        }
        for (name, value) in environment
        where Self.endings.contains(where: { name.lowercased().hasSuffix("_\($0)") }) { given(value) }
    }

    /// Takes note of a file whose content is the test's own, and of the secrets in its columns where it has any.
    func owns(_ path: String, _ bytes: [UInt8]) {
        state.withLock { _ = $0.own.insert(path) }
        let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        guard path.hasSuffix(".csv"), let header = rows.first else { return }
        let columns = header.indices.filter { column in Self.endings.contains { header[column].hasSuffix("_\($0)") } }
        for row in rows.dropFirst() { for column in columns where column < row.count { given(String(row[column])) } }
    }

    /// How names of secrets end: variables of the environment, columns of files.
    private static let endings = ["secret", "token", "password"]

    /// Takes note of what a program has said.
    func said(_ program: [String], _ result: Subprocess) {
        let name = program.map { $0.split(separator: "/").last.map(String.init) ?? $0 }.prefix(4).joined(separator: " ")
        state.withLock { $0.outputs += [(name, result.output), (name, result.errors)] }
    }

    // MARK: Looking

    /// How many secrets were given to the place's programs.
    var count: Int { state.withLock { $0.secrets.count } }

    /// Every place where a secret is that has no business there, with the secret told by its beginning only.
    func leaks() -> [String] {
        let (secrets, own, outputs) = state.withLock { ($0.secrets.sorted(), $0.own, $0.outputs) }
        let all = (secrets + Self.ofEveryRequest).map { (shown: "'\($0.prefix(3))…'", bytes: Array($0.utf8)) }
        func found(in bytes: [UInt8], _ place: String) -> [String] {
            all.filter { Self.holds(bytes, $0.bytes) }.map { "\($0.shown) is in \(place)" }
        }
        var leaks = outputs.flatMap { found(in: $0.text, "what this wrote: \($0.program)") }
        for file in files {
            leaks += found(in: Array(file.utf8), "the name of \(file)")
            let path = "\(folder)/\(file)"
            if file.contains("/sandbox/") || own.contains(path) { continue }
            leaks += found(in: (try? Data(contentsOf: URL(filePath: path))).map { Array($0) } ?? [], path)
        }
        for (process, bytes) in processes { leaks += found(in: bytes, process) }
        return leaks
    }

    /// The same for a text from elsewhere.
    func leaks(in text: String, of what: String) -> [String] {
        let secrets = state.withLock { $0.secrets.sorted() } + Self.ofEveryRequest
        return secrets.filter(text.contains).map { "'\($0.prefix(3))…' is in \(what)" }
    }

    /// Adds a line on this look to the file that `scripts/test` names: how many secrets were looked for, and leaks found.
    func note(_ leaks: Int) {
        guard let path = ProcessInfo.processInfo.environment["SWITCHBOARD_TEST_WATCH"] else { return }
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        let line = "\(count) \(leaks)\n"
        if file >= 0 { _ = write(file, line, line.utf8.count) }
        close(file)
    }

    private var files: [String] { (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [] }

    /// The command lines and environments of the processes that have this place as their home.
    private var processes: [(String, [UInt8])] {
        let home = Array("HOME=\(folder)\u{0}".utf8)
        let ids = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }
        return ids.flatMap { id -> [(String, [UInt8])] in
            guard let environment = Self.bytes("/proc/\(id)/environ"), Self.holds(environment, home) else { return [] }
            let command = Self.bytes("/proc/\(id)/cmdline") ?? []
            return [("the environment of process \(id)", environment), ("the command line of process \(id)", command)]
        }
    }

    private static func bytes(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(file, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        return bytes
    }

    private static func holds(_ bytes: [UInt8], _ secret: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            secret.withUnsafeBytes { secret in
                guard let wanted = secret.baseAddress, let first = secret.first else { return false }
                var rest = bytes[...]
                while rest.count >= secret.count, let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                    let hit = memchr(start, Int32(first), rest.count - secret.count + 1)
                {
                    if memcmp(hit, wanted, secret.count) == 0 { return true }
                    rest = rest.dropFirst(UnsafeRawPointer(hit) - start + 1)
                }
                return false
            }
        }
    }
}
