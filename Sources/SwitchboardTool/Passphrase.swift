import Glibc
import Switchboard
import SwitchboardTerminal
import Synchronization

/// The passphrase of the stored secrets: from a file that the environment names, else from the person at the terminal.
final class Passphrase: Sendable {
    /// The variable that names the file; one of `/dev/fd` may be a pipe, as the shell's `<(…)` makes them.
    private static let variable = "SWITCHBOARD_PASSPHRASE_FILE"

    private let path: String?
    private let signals = Mutex<SignalWatcher?>(nil)

    init(_ environment: [String: String]) { path = environment[Self.variable].flatMap { $0.isEmpty ? nil : $0 } }

    /// From here on a person can be asked.
    func watch(_ signals: SignalWatcher) { self.signals.withLock { $0 = signals } }

    /// Gives it; nil where the person does not.
    ///
    /// Throws `unauthorized` where there is nobody to ask, or the file is missing or not private.
    func give() throws -> Secret? {
        if let path { return try Self.read(path) }
        guard isTerminal(0), let signals = signals.withLock({ $0 }) else {
            throw SwitchboardError(
                .unauthorized, "the secrets are locked with a passphrase, and there is no terminal to ask at",
                help: "name a file that holds it in \(Self.variable)")
        }
        return Keyboard.secret("passphrase: ", signals)
    }

    private static func read(_ path: String) throws -> Secret {
        let bytes: [UInt8]
        do { bytes = try isPipe(path) ? pipe(path) : PrivateFile.read(path, named: path) } catch {
            let error = SwitchboardError(wrapping: error)
            throw SwitchboardError(.unauthorized, "\(variable): \(error.message)", help: error.help)
        }
        var text = String(decoding: bytes, as: UTF8.self)
        if let last = text.last, ["\n", "\r\n"].contains(last) { text.removeLast() }
        return Secret(text)
    }

    private static func isPipe(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }

    private static func pipe(_ path: String) throws -> [UInt8] {
        let pipe = open(path, O_RDONLY | O_CLOEXEC)
        guard pipe >= 0 else {
            throw SwitchboardError(.unauthorized, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(pipe) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= 1 << 20 {
            let count = Glibc.read(pipe, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }
}
