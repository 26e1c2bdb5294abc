import Dispatch
import FoundationEssentials
import Glibc
import SwitchboardCore
import Testing

@testable import SwitchboardStore

/// A folder that goes away with the value that names it.
final class TemporaryFolder: Sendable {
    let path: String

    init(in parent: String = "/tmp") throws {
        var template = Array("\(parent)/switchboard-store-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        path = String(cString: made)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var database: String { path + "/switchboard.db" }

    func open() throws -> SQLiteStore { try SQLiteStore.open(directory: path) }

    /// Reads the database beside the store, as the sqlite3 shell would.
    func connection() throws -> SQLiteConnection {
        try SQLiteConnection(path: database, access: .readWrite, busyMilliseconds: 10_000)
    }

    /// Makes the store one of an older version, with what that version had room for.
    func takeBack(to version: Int) throws {
        let old = path + "/old.db"
        try #require(FileManager.default.createFile(atPath: old, contents: nil))
        let connection = try SQLiteConnection(path: old, access: .readWrite, busyMilliseconds: 0)
        try Schema.create(in: connection, version: version)
        try connection.execute("ATTACH '\(database)' AS newer")
        for table in try connection.query(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table'", read: { $0.text(0) })
        {
            let columns = try connection.query(
                "SELECT name FROM pragma_table_info('\(table)', 'main')", read: { $0.text(0) }
            ).joined(separator: ", ")
            try connection.execute("INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM newer.\(table)")
        }
        try connection.execute("DETACH newer")
        for ending in ["", "-wal", "-shm"] where access(database + ending, F_OK) == 0 { unlink(database + ending) }
        try #require(rename(old, database) == 0)
    }

    /// What SQLite's own full check says.
    func integrity() throws -> String {
        try connection().query("PRAGMA integrity_check") { $0.text(0) }.joined(separator: "\n")
    }
}

let start = Date(timeIntervalSince1970: 1_790_000_000.123_456)

func e164(_ index: Int) throws -> E164 {
    let digits = String(index)
    return try #require(E164("+1415555" + String(repeating: "0", count: 4 - digits.count) + digits))
}

func number(_ index: Int, label: String? = nil) throws -> WorkspaceNumber {
    let owned = OwnedNumber(
        provider: "livekit", providerID: "PN_\(index)", e164: try e164(index), status: .active, countryCode: "US",
        areaCode: "415", numberType: .local, locality: "San Francisco", region: "CA",
        monthlyCost: Money(Decimal(string: "1.15") ?? 0, "USD"))
    return WorkspaceNumber(id: "phone_\(index)", source: .livekit, owned: owned, label: label, at: start)
}

func agent(_ id: String, _ name: String) -> Agent {
    Agent(id: id, name: name, dispatchName: name, createdAt: start)
}

func trunk(_ id: String) -> Trunk {
    Trunk(id: id, name: "trunk \(id)", kind: "twilio", direction: .both, createdAt: start)
}

func intent(
    _ id: String, _ subject: String, run: String = "run_1", session: String = "", profile: String = "sandbox",
    slots: Intent.Slots = Intent.Slots(numbers: 1)
) -> Intent {
    Intent(
        id: id, run: run, session: session, profile: profile, kind: "purchase", subject: subject,
        arguments: Array(#"{"e164":"\#(subject)"}"#.utf8), slots: slots, startedAt: start)
}

/// The error that the body throws, which has to be ours.
func failure(_ body: () throws -> Void) throws -> SwitchboardError {
    try #require(#expect(throws: SwitchboardError.self, performing: body))
}

/// Threads of a test's own, for work that blocks.
final class Threads {
    private final class Work: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
    private var threads: [pthread_t] = []

    func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, work.toOpaque())
        threads.append(thread)
    }

    func join() { threads.forEach { pthread_join($0, nil) } }
}

/// Runs the body on this many threads at once and waits for all of them.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let threads = Threads()
    for index in 0..<count { threads.start { body(index) } }
    threads.join()
}

extension SQLiteStore {
    /// Runs the body on this many threads, each of which makes one change: they come one after the other, while another
    /// change is under way, and so share the transaction after it.
    func together(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let (isUnderWay, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let threads = Threads()
        threads.start { [self] in
            try? write(.outcome) { _ in
                isUnderWay.signal()
                mayEnd.wait()
            }
        }
        isUnderWay.wait()
        for index in 0..<count {
            threads.start { body(index) }
            while group.waitingCount <= index { usleep(100) }
        }
        mayEnd.signal()
        threads.join()
    }
}

/// Waits until a file is there; how the child processes of a test meet.
///
/// Only children may wait for each other: the parent's threads can all be busy with reading from its children, or with
/// tests that calculate for a minute before the other child is even started. A child that is left alone gives up.
func awaitFile(_ path: String) async throws {
    for _ in 0..<100_000 {
        if access(path, F_OK) == 0 { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    throw SwitchboardError(.internal, "\(path) does not appear")
}

/// Marks this child as ready and waits until all of these are.
func meet(_ name: String, all: [String], in folder: String) async throws {
    try touch("\(folder)/\(name).ready")
    for other in all { try await awaitFile("\(folder)/\(other).ready") }
}

func touch(_ path: String) throws { try append("", to: path) }

/// Adds text to a file in one write, which a SIGKILL right after it does not take back.
func append(_ text: String, to path: String) throws { try append(Array(text.utf8), to: path) }

func append(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0, write(file, bytes, bytes.count) == bytes.count else { throw FileFailure("append to", path) }
    close(file)
}

func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
}

func bytes(_ path: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(filePath: path))) }

func mode(_ path: String) -> UInt32 {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
}

/// Runs a program and returns its exit status, or nil where it cannot be started.
func run(_ arguments: String...) -> Int32? {
    var pid = pid_t()
    var list = arguments.map { strdup($0) } + [nil]
    defer { list.forEach { free($0) } }
    guard posix_spawnp(&pid, arguments[0], nil, nil, &list, environ) == 0 else { return nil }
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    return status
}
