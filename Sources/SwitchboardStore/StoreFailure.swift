import CSQLite
import FoundationEssentials
import Glibc
import SwitchboardCore

/// Turns what goes wrong below the store into the one error that callers see.
struct StoreFailure {
    /// The database file, named in every message.
    let path: String

    /// Whether there was no room on the disk.
    static func isFull(_ failure: any Error) -> Bool {
        (failure as? SQLiteFailure)?.primary == SQLITE_FULL || (failure as? FileFailure)?.isFull == true
    }

    /// Whether it is the whole transaction's failure and not only that of the change that met it.
    static func endsAll(_ failure: any Error) -> Bool {
        isFull(failure) || (failure as? SQLiteFailure)?.primary == SQLITE_BUSY
    }

    /// The error for any failure inside the store.
    func error(for failure: any Error) -> SwitchboardError {
        switch failure {
        case let failure as SwitchboardError: failure
        case let failure as SQLiteFailure: sqlite(failure)
        case let failure as FileFailure: file(failure)
        case let failure as DecodingError: damaged("a record in it is not of this version's form: \(failure)")
        default: SwitchboardError(.internal, "the store \(path) failed", cause: "\(failure)")
        }
    }

    /// The file is not what this program wrote, or no longer.
    func damaged(_ cause: String) -> SwitchboardError {
        SwitchboardError(
            .storeUnavailable, "the store \(path) is damaged or is not a Switchboard store",
            help: "nothing was changed; put a backup in its place together with its -wal file, or move it away to "
                + "start with an empty workspace",
            cause: cause)
    }

    /// The file cannot be written here.
    func readOnly(_ cause: String? = nil) -> SwitchboardError {
        SwitchboardError(
            .storeUnavailable, "the store \(path) cannot be written",
            help: "make the folder and its files writable, or choose another folder with --state", cause: cause)
    }

    /// There is no room for what has to be written first.
    func full(_ cause: String? = nil) -> SwitchboardError {
        SwitchboardError(
            .storeUnavailable, "the disk has no room for the store \(path)",
            help: "free some space and try again", isRetryable: true, cause: cause)
    }

    private func sqlite(_ failure: SQLiteFailure) -> SwitchboardError {
        let cause = "SQLite \(failure.code): \(failure.message)"
        switch failure.primary {
        case SQLITE_CORRUPT, SQLITE_NOTADB: return damaged(cause)
        case SQLITE_FULL: return full(cause)
        case SQLITE_READONLY, SQLITE_PERM: return readOnly(cause)
        case SQLITE_BUSY:
            return SwitchboardError(
                .storeUnavailable, "another process keeps the store \(path) locked",
                help: "wait for it to end, or find it with `fuser \(path)`", isRetryable: true, cause: cause)
        case SQLITE_CANTOPEN:
            return SwitchboardError(
                .storeUnavailable, "the store \(path) cannot be opened",
                help: "check the rights of the folder and its files, and the free space", cause: cause)
        default:
            if failure.primary == SQLITE_IOERR, let refusal = folderRefusal { return file(refusal) }
            return SwitchboardError(.storeUnavailable, "the store \(path) failed", cause: cause)
        }
    }

    /// Why nothing can be written beside the file, which SQLite does not tell of a disk that has failed; nil where
    /// something can.
    private var folderRefusal: FileFailure? {
        let probe = "\(path).\(getpid())"
        guard mkdir(probe, 0o700) == 0 else { return FileFailure("write beside", path) }
        rmdir(probe)
        return nil
    }

    private func file(_ failure: FileFailure) -> SwitchboardError {
        switch failure.number {
        case _ where failure.isFull: full(failure.message)
        case EROFS, EACCES, EPERM: readOnly(failure.message)
        default:
            SwitchboardError(
                .storeUnavailable, "the store \(path) cannot be used",
                help: "check the folder, or choose another with --state", cause: failure.message)
        }
    }
}
