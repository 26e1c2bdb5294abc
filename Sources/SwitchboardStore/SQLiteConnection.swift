import CSQLite
import Glibc

/// A failure as SQLite reports it.
struct SQLiteFailure: Error {
    /// The extended result code.
    var code: Int32
    /// SQLite's own words.
    var message: String

    /// The result code without its extension.
    var primary: Int32 { code & 0xff }
}

/// A value for a `?` of a statement.
enum SQLValue {
    case null
    case integer(Int)
    case real(Double)
    case text(String)
    /// Text that is there as UTF-8 bytes already, such as JSON.
    case textBytes([UInt8])
    case blob([UInt8])
}

/// One connection with its prepared statements; used by one thread at a time.
final class SQLiteConnection {
    /// How a database file is opened; none of them makes a file.
    enum Access {
        case readWrite
        case readOnly
        /// Reads without locks and side files: for a file that nobody can change.
        case immutable
    }

    private let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]

    /// Opens the file; waits up to `busyMilliseconds` for other processes' locks in every call.
    init(path: String, access: Access, busyMilliseconds: Int32) throws {
        let flags: Int32 =
            switch access {
            case .readWrite: SQLITE_OPEN_READWRITE
            case .readOnly: SQLITE_OPEN_READONLY
            case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
            }
        let name = access == .immutable ? Self.immutableURI(path) : path
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close(opened)
            throw SQLiteFailure(code: code, message: String(cString: sqlite3_errstr(code)))
        }
        handle = opened
        sqlite3_busy_timeout(handle, busyMilliseconds)
        // Room for the texts that a row is made of, so that few of them are asked of the system one by one.
        try check(csqlite_look_aside(handle, 1200, 400))
        try execute("PRAGMA trusted_schema = OFF")
    }

    deinit {
        statements.values.forEach { _ = sqlite3_finalize($0) }
        sqlite3_close(handle)
    }

    /// Runs one or more statements without values and drops their rows.
    func execute(_ sql: String) throws {
        try check(sqlite3_exec(handle, sql, nil, nil, nil))
    }

    /// Runs one statement to its end and returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ values: SQLValue...) throws -> Int { try run(sql, values) }

    /// The same with the values in a list.
    @discardableResult
    func run(_ sql: String, _ values: [SQLValue]) throws -> Int {
        _ = try rows(sql, values) { _ in }
        return Int(sqlite3_changes(handle))
    }

    /// Runs one statement and returns its rows, each read by `read`.
    func query<Row>(_ sql: String, _ values: SQLValue..., read: (SQLRow) throws -> Row) throws -> [Row] {
        try rows(sql, values, read)
    }

    /// Runs one statement that has one row of one integer.
    func integer(_ sql: String, _ values: SQLValue...) throws -> Int {
        try rows(sql, values) { $0.integer(0) }.first ?? 0
    }

    /// Runs the body in one write transaction, taking the write lock at once; undoes all of it on any error.
    func transaction<Result>(_ body: () throws -> Result) throws -> Result { try run("BEGIN IMMEDIATE", body) }

    /// The open file of the write-ahead log, which is there as long as the connection is.
    func log() throws -> UnsafeMutablePointer<sqlite3_file> {
        var file: UnsafeMutablePointer<sqlite3_file>?
        try check(sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file))
        guard let file, file.pointee.pMethods != nil else {
            throw SQLiteFailure(code: SQLITE_MISUSE, message: "the database has no log")
        }
        return file
    }

    /// Runs a body that only reads; all that it reads is of one moment.
    func snapshot<Result>(_ body: () throws -> Result) throws -> Result { try run("BEGIN", body) }

    private func run<Result>(_ beginning: String, _ body: () throws -> Result) throws -> Result {
        try run(beginning)
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Runs the body within an open transaction; undoes what it did on any error, or all of the transaction where that
    /// cannot be.
    func part(_ body: () throws -> Void) throws {
        try run("SAVEPOINT part")
        do {
            try body()
            try run("RELEASE part")
        } catch {
            let undo = "ROLLBACK TO part; RELEASE part"
            if isInTransaction, sqlite3_exec(handle, undo, nil, nil, nil) != SQLITE_OK { rollBack() }
            throw error
        }
    }

    /// Whether a transaction is open; some failures, such as of the disk, end one.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    private func rollBack() {
        if isInTransaction { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    }

    /// Repeats the body while SQLite says that another process is in its way, for as long as it may wait.
    static func patiently<Result>(for waiting: Duration, _ body: () throws -> Result) throws -> Result {
        let end = ContinuousClock.now + waiting
        while true {
            do {
                return try body()
            } catch let error as SQLiteFailure where error.primary == SQLITE_BUSY && ContinuousClock.now < end {
                usleep(10_000)
            }
        }
    }

    private func rows<Row>(_ sql: String, _ values: [SQLValue], _ read: (SQLRow) throws -> Row) throws -> [Row] {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() { try check(bind(value, to: statement, at: Int32(index + 1))) }
        var rows: [Row] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append(try read(SQLRow(statement: statement)))
            case SQLITE_DONE: return rows
            default: throw failure()
            }
        }
    }

    private func prepared(_ sql: String) throws -> OpaquePointer {
        if let statement = statements[sql] { return statement }
        var statement: OpaquePointer?
        try check(sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil))
        guard let statement else { throw SQLiteFailure(code: SQLITE_MISUSE, message: "an empty statement") }
        statements[sql] = statement
        return statement
    }

    private func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, Int64(number))
        case .real(let number): sqlite3_bind_double(statement, index, number)
        case .text(var text): text.withUTF8 { bindText(UnsafeRawBufferPointer($0), to: statement, at: index) }
        case .textBytes(let bytes): bytes.withUnsafeBytes { bindText($0, to: statement, at: index) }
        case .blob(let bytes):
            bytes.isEmpty
                ? sqlite3_bind_zeroblob(statement, index, 0)
                : sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), Self.copied)
        }
    }

    private func bindText(_ bytes: UnsafeRawBufferPointer, to statement: OpaquePointer, at index: Int32) -> Int32 {
        if bytes.isEmpty { return sqlite3_bind_text(statement, index, "", 0, Self.copied) }
        let text = bytes.bindMemory(to: CChar.self).baseAddress
        return sqlite3_bind_text64(statement, index, text, UInt64(bytes.count), Self.copied, UInt8(SQLITE_UTF8))
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw failure() }
    }

    private func failure() -> SQLiteFailure {
        SQLiteFailure(code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)))
    }

    /// Tells SQLite to copy what it is given, because a Swift buffer ends with the call.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private static func immutableURI(_ path: String) -> String {
        let plain = Set("/-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        let hex = Array("0123456789ABCDEF")
        let escaped = path.utf8.map { byte in
            plain.contains(byte)
                ? String(UnicodeScalar(byte)) : "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
        }
        return "file://" + escaped.joined() + "?immutable=1"
    }
}

/// The row that a statement stands on; good only inside the closure that is given it.
struct SQLRow {
    fileprivate let statement: OpaquePointer

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
    func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }
    func real(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }
    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// The bytes of a text or blob; empty for null.
    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }
}
