import FoundationEssentials
import Glibc

/// The proof that a session lives: an exclusive lock on its file, which the kernel gives back when the process dies.
///
/// Whoever removes a session's file holds its lock while doing so. A file that is locked and still has its name
/// therefore belongs to a session that lives; a file that is missing, or can be locked, to one that has ended.
final class SessionLock {
    private let path: String
    private let file: FileDescriptor

    private init(path: String, file: FileDescriptor) {
        self.path = path
        self.file = file
    }

    /// Removes the file of a session that has ended or is ending.
    func remove() { unlink(path) }

    /// Makes and locks this session's file.
    static func acquire(_ session: String, in folder: String) throws -> SessionLock {
        try StateFolder.create(folder)
        let path = path(session, in: folder)
        while true {
            let file = try FileDescriptor.open(path, O_RDWR | O_CREAT)
            try file.lock()
            // A cleaner that came between the two calls has removed the file; then it is made once more.
            if !file.isRemoved { return SessionLock(path: path, file: file) }
        }
    }

    /// Locks the file of a session that has ended; nil while it lives.
    ///
    /// A missing file is made first, so that there is one lock to hold in every case.
    static func ended(_ session: String, in folder: String) throws -> SessionLock? {
        let path = path(session, in: folder)
        while true {
            let file = try FileDescriptor.open(path, O_RDWR | O_CREAT)
            guard try file.tryLock() else { return nil }
            if !file.isRemoved { return SessionLock(path: path, file: file) }
        }
    }

    /// The sessions that have a file, living or not.
    static func sessions(in folder: String) throws -> [String] {
        let ending = ".lock"
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(ending) }
            .map { String($0.dropLast(ending.count)) }
    }

    private static func path(_ session: String, in folder: String) -> String { "\(folder)/\(session).lock" }
}
