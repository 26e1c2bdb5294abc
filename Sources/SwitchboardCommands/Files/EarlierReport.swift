import Glibc
import SwitchboardCore
import SwitchboardEngine

/// The report of an earlier run where one is to be written: it is set aside when the rows begin, so that nobody takes it for
/// this run's should this one be killed, and goes when this run's is there.
///
/// It takes a name that is free, such as `sites.previous.csv`, else `sites.previous-2.csv`: a file of the user's own stays.
struct EarlierReport {
    private struct Move: Codable {
        var from: String
        var to: String
    }
    private let moves: [Move]

    /// Sets aside what is at the paths, unless the run reads its rows from it.
    init(settingAside paths: [String], _ run: RunSession) throws {
        // A run that goes on takes away what it had set aside before its process died.
        moves = try run.decide(isLasting: true) {
            paths.filter { !run.files.isRead($0) && Self.isThere($0) }.map {
                Move(from: $0, to: Self.freeName(beside: $0))
            }
        }
        for move in moves where !Self.isThere(move.to) {
            guard rename(move.from, move.to) != 0, errno != ENOENT else { continue }
            throw Self.failure("the report of an earlier run stays in '\(move.from)'")
        }
    }

    /// Takes it away.
    func remove() throws {
        for move in moves where unlink(move.to) != 0 && errno != ENOENT {
            throw Self.failure("the report of an earlier run stays in '\(move.to)'")
        }
    }

    private static func freeName(beside path: String) -> String {
        var (name, count) = (Report.beside(path, "previous"), 1)
        while isThere(name) {
            count += 1
            name = Report.beside(path, "previous-\(count)")
        }
        return name
    }

    private static func isThere(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private static func failure(_ message: String) -> SwitchboardError {
        SwitchboardError(
            .storeUnavailable, "\(message): \(String(cString: strerror(errno)))", help: "remove that file yourself")
    }
}
