import FoundationEssentials
import Glibc
import SwitchboardLanguage

/// Which files a script may `use`: those under the script's own folder, unless the host allows more.
public struct ScriptFiles: Sendable {
    /// Folders besides the script's own whose files may be used.
    public var folders: [String]

    /// Makes the rule.
    public init(folders: [String] = []) { self.folders = folders }

    /// Opens for the script of this name; one that is no file, such as statements of the command line, has the current
    /// folder.
    func opener(for script: String) -> ScriptOpener {
        let allowed = ([Self.folder(of: script)] + folders).compactMap(Self.realPath)
        return ScriptOpener(identity: Self.realPath) { path, user throws(ScriptOpener.Refusal) in
            let name = Self.name(of: path, in: Self.folder(of: user))
            guard let real = Self.realPath(name) else {
                throw ScriptOpener.Refusal("'\(name)' cannot be read: \(String(cString: strerror(errno)))")
            }
            guard allowed.contains(where: { real.hasPrefix($0 == "/" ? $0 : $0 + "/") }) else {
                throw ScriptOpener.Refusal(
                    "'\(path)' lies outside the script's folder", help: "keep what a script uses beside or below it")
            }
            do {
                let bytes = Array(try Data(contentsOf: URL(filePath: real)))
                return ScriptOpener.Opened(identity: real, name: name, bytes: bytes)
            } catch {
                throw ScriptOpener.Refusal("'\(name)' cannot be read: it is no plain file")
            }
        }
    }

    private static func folder(of file: String) -> String {
        file.lastIndex(of: "/").map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? "."
    }

    /// The path as a reader of the folder would write it.
    private static func name(of path: String, in folder: String) -> String {
        if path.hasPrefix("/") { return path }
        let path = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        return folder == "." ? path : folder == "/" ? "/" + path : "\(folder)/\(path)"
    }

    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
