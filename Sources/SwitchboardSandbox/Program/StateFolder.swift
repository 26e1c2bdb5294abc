import SwitchboardCore
import Glibc

/// The folder that a sandbox keeps its state in, and the locks by which programs agree about it.
///
/// - `lock`: the sandbox holds it exclusively as long as it lives.
/// - `users`: every program that uses the sandbox holds it shared as long as it lives.
/// - `endpoint.json`: where the running sandbox listens; absent when none runs.
/// - `ports.json`: the ports of the last run, taken again when they are free.
/// - `sandbox.db`: the documents.
struct StateFolder: Sendable {
    let path: String

    /// Makes the folder with mode 0700, parents included.
    init(path: String) throws(SeedRefusal) {
        self.path = path
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part + "/"
            guard mkdir(made, 0o700) == 0 || errno == EEXIST || errno == EISDIR || errno == EROFS else {
                throw SeedRefusal("cannot make the folder \(made): \(String(cString: strerror(errno)))")
            }
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            throw SeedRefusal("cannot write in the folder \(path): \(String(cString: strerror(errno)))")
        }
    }

    var database: String { path + "/sandbox.db" }

    /// Takes one of the locks exclusively without waiting; nil when another process holds it.
    func lock(_ name: String) throws(SeedRefusal) -> FolderLock? {
        let file = path + "/" + name
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SeedRefusal("cannot open \(file): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return FolderLock(descriptor: descriptor)
    }

    func writeEndpoint(_ listeners: [SandboxListener]) throws(SeedRefusal) {
        try write(
            "endpoint.json", ["pid": .integer(getpid()), "listeners": .array(listeners.map(\.endpoint))])
    }

    var hasEndpoint: Bool { access(path + "/endpoint.json", F_OK) == 0 }

    func removeEndpoint() { unlink(path + "/endpoint.json") }

    /// The ports of the last run by emulator.
    func ports() -> [String: UInt16] {
        guard let bytes = read("ports.json"), let members = try? JSON(reading: bytes).members else { return [:] }
        let pairs = members.compactMap { member in
            member.value.integer.flatMap { UInt16(exactly: $0) }.map { (member.name, $0) }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    func writePorts(_ listeners: [SandboxListener]) throws(SeedRefusal) {
        let ports = listeners.map { JSON.Member(type(of: $0.emulator).name, .integer($0.port)) }
        try write("ports.json", .object(ports))
    }

    private func write(_ name: String, _ json: JSON) throws(SeedRefusal) {
        let draft = path + "/" + name + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let bytes = json.bytes() + [UInt8(ascii: "\n")]
        let isWritten = descriptor >= 0 && Glibc.write(descriptor, bytes, bytes.count) == bytes.count
        if descriptor >= 0 { close(descriptor) }
        guard isWritten, rename(draft, path + "/" + name) == 0 else {
            throw SeedRefusal("cannot write \(path)/\(name): \(String(cString: strerror(errno)))")
        }
    }

    private func read(_ name: String) -> [UInt8]? {
        let descriptor = open(path + "/" + name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return count >= 0 ? Array(bytes.prefix(count)) : nil
    }
}

/// A lock that is held until it is given back or the process ends.
struct FolderLock: Sendable {
    fileprivate let descriptor: Int32

    /// Gives the lock back.
    func release() { close(descriptor) }
}

extension SandboxListener {
    /// The listener as `endpoint.json` lists it.
    var endpoint: JSON {
        let connection = emulator.connection(url: url)
        func object(_ texts: [String: String]) -> JSON {
            .object(texts.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
        }
        let accounts = connection.accounts.map { account -> JSON in
            ["name": .string(account.name), "settings": object(account.plain), "secrets": object(account.secrets)]
        }
        return [
            "provider": .string(type(of: emulator).name), "url": .string(url), "settings": object(connection.plain),
            "secrets": object(connection.secrets), "accounts": .array(accounts),
        ]
    }
}
