import CSQLite
import Glibc
import Synchronization
import Testing

/// Counts how often a write-ahead log is synced, and has that fail; only for a child of a test, since it changes SQLite for a process.
enum LogSyncs {
    private static let syncs = Atomic(0)

    static var count: Int { syncs.load(ordering: .sequentiallyConsistent) }

    /// Whether every sync fails, as on a disk that gives up.
    static let isFailing = Atomic(false)

    /// Has every connection counted that is opened from here on.
    static func watch() throws {
        let usual = try #require(sqlite3_vfs_find(nil))
        let counting = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        counting.initialize(to: usual.pointee)
        counting.pointee.zName = UnsafePointer(strdup("counting"))
        counting.pointee.pAppData = UnsafeMutableRawPointer(usual)
        counting.pointee.xOpen = { vfs, name, file, flags, answer in
            guard let usual = vfs?.pointee.pAppData?.assumingMemoryBound(to: sqlite3_vfs.self), let file else {
                return SQLITE_MISUSE
            }
            let code = usual.pointee.xOpen(usual, name, file, flags, answer)
            if code == SQLITE_OK, flags & SQLITE_OPEN_WAL != 0 { LogSyncs.watch(file) }
            return code
        }
        sqlite3_vfs_register(counting, 1)
    }

    /// Puts a table of methods that counts before the file's own, which stands behind it in memory.
    private static func watch(_ file: UnsafeMutablePointer<sqlite3_file>) {
        guard let own = file.pointee.pMethods else { return }
        let methods = UnsafeMutablePointer<(counting: sqlite3_io_methods, own: UnsafePointer<sqlite3_io_methods>)>
            .allocate(capacity: 1)
        methods.initialize(to: (own.pointee, own))
        methods.pointee.counting.xSync = { file, flags in
            guard let file, let methods = file.pointee.pMethods else { return SQLITE_MISUSE }
            LogSyncs.syncs.add(1, ordering: .sequentiallyConsistent)
            if LogSyncs.isFailing.load(ordering: .sequentiallyConsistent) { return SQLITE_IOERR }
            return UnsafeRawPointer(methods)
                .assumingMemoryBound(to: (sqlite3_io_methods, UnsafePointer<sqlite3_io_methods>).self)
                .pointee.1.pointee.xSync(file, flags)
        }
        file.pointee.pMethods = UnsafeRawPointer(methods).assumingMemoryBound(to: sqlite3_io_methods.self)
    }
}
