import Glibc
import SwitchboardCore

/// The folder that holds a workspace's state: the database, the key of its secrets and the sessions' lock files.
public enum StateFolder {
    /// The folder that is used unless the user names one: `$XDG_STATE_HOME/switchboard`, else
    /// `~/.local/state/switchboard`.
    ///
    /// A relative `XDG_STATE_HOME` is ignored, as the XDG specification asks. Throws `store_unavailable` when
    /// neither it nor `HOME` is an absolute path.
    public static func defaultPath(environment: [String: String]) throws -> String {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/switchboard" }
        if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.local/state/switchboard" }
        throw SwitchboardError(
            .storeUnavailable, "there is no state folder: neither HOME nor XDG_STATE_HOME is an absolute path",
            help: "set one of them, or name a folder with --state")
    }

    /// Makes the path absolute, so that a later change of the current folder does not move the store.
    static func absolute(_ path: String) throws -> String {
        if path.hasPrefix("/") { return path }
        guard let current = getcwd(nil, 0) else { throw FileFailure("find the current folder of", path) }
        defer { free(current) }
        return String(cString: current) + "/" + path
    }

    /// Makes a state folder that is not there; throws `store_unavailable` where that cannot be.
    public static func make(_ path: String) throws {
        do { try create(absolute(path)) } catch { throw StoreFailure(path: path).error(for: error) }
    }

    /// Makes the folder and its missing parents for this user alone; one that is there keeps its rights.
    static func create(_ path: String) throws {
        if try makeOne(path) { return }
        guard let parent = parent(of: path) else { throw FileFailure("make the folder", path, ENOENT) }
        try create(parent)
        guard try makeOne(path) else { throw FileFailure("make the folder", path, ENOENT) }
    }

    /// Makes one folder, durably; false when its parent is missing.
    private static func makeOne(_ path: String) throws -> Bool {
        if mkdir(path, 0o700) == 0 {
            // A parent that may be written and not read cannot be synced; its own file system has to do.
            if let parent = parent(of: path) { try? sync(parent) }
            return true
        }
        let failure = FileFailure("make the folder", path)
        if failure.number == ENOENT { return false }
        guard failure.number == EEXIST else { throw failure }
        try requireFolder(path)
        return true
    }

    private static func parent(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/") else { return nil }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func requireFolder(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileFailure("read the folder", path) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw FileFailure("use as a folder", path, ENOTDIR) }
    }

    /// The names in a folder, without those of the folder itself and its parent.
    static func names(in path: String) throws -> [String] {
        guard let folder = opendir(path) else { throw FileFailure("read the folder", path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Makes the names in a folder durable.
    static func sync(_ path: String) throws {
        try FileDescriptor.open(path, O_RDONLY | O_DIRECTORY).sync()
    }
}
