import Glibc
import SwitchboardCore
import SwitchboardEngine

/// The report of an earlier run where one is to be written: it is set aside when the rows begin, so that nobody takes it for
/// this run's should this one be killed, and goes when this run's is there.
struct EarlierReport {
    private let paths: [String]

    /// Sets aside what is at the paths, unless the run reads its rows from it.
    init(settingAside paths: [String], _ run: RunSession) throws {
        self.paths = paths
        for path in paths where !run.files.isRead(path) {
            guard rename(path, Report.beside(path, "previous")) != 0, errno != ENOENT else { continue }
            throw Self.failure("the report of an earlier run stays in '\(path)'")
        }
    }

    /// Takes it away.
    func remove() throws {
        for path in paths.map({ Report.beside($0, "previous") }) where unlink(path) != 0 && errno != ENOENT {
            throw Self.failure("the report of an earlier run stays in '\(path)'")
        }
    }

    private static func failure(_ message: String) -> SwitchboardError {
        SwitchboardError(
            .storeUnavailable, "\(message): \(String(cString: strerror(errno)))", help: "remove that file yourself")
    }
}
