import CSQLite
import Glibc
import SwitchboardCore

/// The database file of a state folder: makes it once, and opens it only if it is sound and ours.
///
/// A file that is there is never replaced, moved or emptied. It is read through SQLite only: a descriptor of our
/// own would, when closed, drop the locks that another connection of this process holds on the file.
struct DatabaseFile {
    /// The state folder, absolute.
    let folder: String
    /// How long SQLite waits for other processes in one step of a call.
    let busyMilliseconds: Int32

    /// The file.
    var path: String { folder + "/switchboard.db" }
    /// SQLite's write-ahead log, which belongs to the file.
    var logPath: String { path + "-wal" }
    /// The folder of the sessions' lock files.
    var sessionFolder: String { folder + "/sessions" }
    /// How long a call waits for other processes.
    var waiting: Duration { .milliseconds(Int(busyMilliseconds)) }
    private var failure: StoreFailure { StoreFailure(path: path) }

    /// Opens the file for reading, making folder and file where there is none.
    ///
    /// While another process makes the file or puts its log away, SQLite refuses at once instead of waiting.
    func open() throws -> SQLiteConnection {
        try SQLiteConnection.patiently(for: waiting) {
            if !exists(path) { try create() }
            return try openForReading(isWritable: isWritable)
        }
    }

    /// Opens the file for reading and makes nothing; nil where there is none.
    func openForReading() throws -> SQLiteConnection? {
        guard exists(path) else { return nil }
        return try SQLiteConnection.patiently(for: waiting) { try openForReading(isWritable: false) }
    }

    /// Opens a file that is sound and ours for changes, and brings it to the present version; nil where it cannot be
    /// written.
    func openForWriting() throws -> SQLiteConnection? {
        guard isWritable else { return nil }
        return try SQLiteConnection.patiently(for: waiting) {
            let connection = try SQLiteConnection(path: path, access: .readWrite, busyMilliseconds: busyMilliseconds)
            try Schema.prepare(connection, failure)
            try Schema.migrate(connection)
            // Whoever needs it has the log synced.
            try connection.execute("PRAGMA synchronous = NORMAL")
            return connection
        }
    }

    private var isWritable: Bool { access(folder, W_OK) == 0 && access(path, W_OK) == 0 }

    /// Opens for reading and checks that the file is ours, before anything that could write touches it.
    ///
    /// In a folder that cannot be written SQLite reads a file whose log is empty only as an unchanging one, and
    /// one whose last changes are still in the log only if the log's index is there too.
    private func openForReading(isWritable: Bool) throws -> SQLiteConnection {
        let needsLog = isWritable || exists(path + "-shm") || size(logPath) > 0
        let reader: SQLiteConnection
        do {
            reader = try SQLiteConnection(
                path: path, access: needsLog ? .readOnly : .immutable, busyMilliseconds: busyMilliseconds)
            try Schema.inspect(reader, failure)
        } catch let error as SQLiteFailure where error.primary == SQLITE_CANTOPEN && !isWritable {
            throw failure.readOnly("its last changes are in \(logPath), which cannot be read without writing")
        }
        return reader
    }

    /// Makes the file under another name and gives it its own when it is complete, so that no process ever sees
    /// half of one and an empty file is always a damaged one.
    private func create() throws {
        try StateFolder.create(folder)
        let turn = try FileDescriptor.open(folder, O_RDONLY | O_DIRECTORY)
        try turn.lock()
        defer { withExtendedLifetime(turn) {} }
        if exists(path) { return }
        guard size(logPath) == 0 else {
            throw failure.damaged("the file is missing, and its last changes are still there in \(logPath)")
        }
        let draft = path + ".new"
        ["", "-wal", "-shm", "-journal"].forEach { unlink(draft + $0) }
        try fill(draft)
        defer { unlink(draft) }
        if link(draft, path) != 0, errno != EEXIST { throw FileFailure("make", path) }
        try StateFolder.sync(folder)
    }

    private func fill(_ draft: String) throws {
        _ = try FileDescriptor.open(draft, O_RDWR | O_CREAT | O_EXCL)
        let connection = try SQLiteConnection(path: draft, access: .readWrite, busyMilliseconds: busyMilliseconds)
        try Schema.create(in: connection)
        // Before anybody sees it: a process that dies while it changes the mode leaves a file that no reader can open.
        try Schema.prepare(connection, failure)
    }

    private func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
