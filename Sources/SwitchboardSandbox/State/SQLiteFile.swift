import SwitchboardCore
import CSQLite
import Glibc

/// The SQLite file behind a document store.
///
/// Unchecked: the store's lock lets one thread in at a time.
final class SQLiteFile: @unchecked Sendable {
    private static let version = 1
    private let path: String
    private var handle: OpaquePointer?
    private var statements: [String: OpaquePointer] = [:]

    init(path: String) throws(StoreFailure) {
        self.path = path
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreFailure(path: path, reason: String(cString: strerror(errno))) }
        close(descriptor)
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK else {
            throw failure()
        }
        sqlite3_busy_timeout(handle, 2000)
        guard try text("PRAGMA quick_check(1)") == "ok" else {
            throw StoreFailure(path: path, reason: "the file is damaged")
        }
        try run("PRAGMA journal_mode=WAL")
        try run("PRAGMA synchronous=OFF")
        switch try text("PRAGMA user_version") {
        case "0":
            try run(
                """
                CREATE TABLE document (emulator TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, \
                body TEXT NOT NULL, PRIMARY KEY (emulator, kind, id)) WITHOUT ROWID
                """)
            try run("PRAGMA user_version=\(Self.version)")
        case String(Self.version): break
        default: throw StoreFailure(path: path, reason: "it was written by another version")
        }
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    func documents(emulator: String, kind: String) throws(StoreFailure) -> [(id: String, value: JSON)] {
        let statement = try prepared("SELECT id, body FROM document WHERE emulator = ? AND kind = ? ORDER BY id")
        defer { sqlite3_reset(statement) }
        bind([emulator, kind], to: statement)
        var documents: [(id: String, value: JSON)] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                let id = column(0, of: statement)
                guard let value = try? JSON(reading: column(1, of: statement)) else {
                    throw StoreFailure(path: path, reason: "document \(kind) '\(id)' is damaged")
                }
                documents.append((id, value))
            case SQLITE_DONE: return documents
            default: throw failure()
            }
        }
    }

    func apply(_ writes: [DocumentStore.Write], emulator: String) throws(StoreFailure) {
        let isGroup = writes.count > 1
        if isGroup { try step("BEGIN IMMEDIATE", []) }
        do throws(StoreFailure) {
            for write in writes { try apply(write, emulator) }
        } catch {
            if isGroup { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
            throw error
        }
        if isGroup { try step("COMMIT", []) }
    }

    private func apply(_ write: DocumentStore.Write, _ emulator: String) throws(StoreFailure) {
        switch write {
        case .put(let kind, let id, let value):
            try step("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)", [emulator, kind, id, value.compact])
        case .remove(let kind, let id):
            try step("DELETE FROM document WHERE emulator = ? AND kind = ? AND id = ?", [emulator, kind, id])
        case .removeAll:
            try step("DELETE FROM document WHERE emulator = ?", [emulator])
        }
    }

    private func step(_ sql: String, _ values: [String]) throws(StoreFailure) {
        let statement = try prepared(sql)
        defer { sqlite3_reset(statement) }
        bind(values, to: statement)
        guard sqlite3_step(statement) == SQLITE_DONE else { throw failure() }
    }

    private func run(_ sql: String) throws(StoreFailure) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    private func text(_ sql: String) throws(StoreFailure) -> String {
        let statement = try prepared(sql)
        defer { sqlite3_reset(statement) }
        guard sqlite3_step(statement) == SQLITE_ROW else { throw failure() }
        return column(0, of: statement)
    }

    private func prepared(_ sql: String) throws(StoreFailure) -> OpaquePointer {
        if let statement = statements[sql] { return statement }
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure() }
        statements[sql] = statement
        return statement
    }

    private func bind(_ values: [String], to statement: OpaquePointer) {
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (index, value) in values.enumerated() {
            sqlite3_bind_text(statement, Int32(index + 1), value, Int32(value.utf8.count), copied)
        }
    }

    private func column(_ index: Int32, of statement: OpaquePointer) -> String {
        sqlite3_column_text(statement, index).map { String(cString: $0) } ?? ""
    }

    private func failure() -> StoreFailure {
        StoreFailure(path: path, reason: sqlite3_errmsg(handle).map { String(cString: $0) } ?? "out of memory")
    }
}
