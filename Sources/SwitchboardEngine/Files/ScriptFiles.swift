import FoundationEssentials
import Glibc
import SwitchboardCore
import SwitchboardLanguage

/// Which files scripts may use.
///
/// The relative paths of data begin in one folder, and a path that leads out of it may be a fault, `D011`. Those of `use`
/// begin in the folder of the file that says them, and stay under the script's own.
public struct ScriptFiles: Sendable {
    /// Where relative paths begin; nil for the program's current folder.
    public var folder: String?
    /// Whether paths may lead out of the folder: to read, to write, to report.
    public var mayLeave: Bool
    /// Folders besides the script's own whose files may be used.
    public var folders: [String]

    /// Makes the rule.
    public init(folder: String? = nil, mayLeave: Bool = true, folders: [String] = []) {
        self.folder = folder
        self.mayLeave = mayLeave
        self.folders = folders
    }

    /// Where relative paths begin, from the root.
    var base: String {
        let current = FileManager.default.currentDirectoryPath
        return folder.map { Self.whole($0, in: current) } ?? current
    }

    /// A path from the root.
    static func whole(_ path: String, in folder: String) -> String { name(of: path, in: folder) }

    // MARK: Data

    /// The file that a script's path means; throws `invalid_argument` for one outside the folder.
    func resolved(_ path: String) throws -> String {
        guard folder != nil || !mayLeave else { return path }
        let base = folder ?? "."
        let whole = Self.name(of: path, in: base)
        guard !mayLeave else { return whole }
        // A file that is to be written is not there yet; what counts is the folder that it comes into.
        let place = Self.realPath(whole) ?? Self.realPath(Self.folder(of: whole)).map { "\($0)/" }
        guard let place, let root = Self.realPath(base), place.hasPrefix(root == "/" ? root : root + "/") else {
            throw SwitchboardError(
                .invalidArgument, "'\(path)' is no file of the folder that scripts may use",
                help: "name a file in it by a relative path")
        }
        return whole
    }

    /// Makes the paths among a call's arguments those that are opened.
    func resolve(_ arguments: inout [String: Value], of signature: CommandSignature) throws {
        guard folder != nil || !mayLeave else { return }
        for parameter in signature.parameters where parameter.type.unwrapped == .path {
            guard let path = arguments[parameter.name]?.plainText, !path.isEmpty else { continue }
            arguments[parameter.name] = .string(try resolved(path))
        }
    }

    // MARK: Scripts

    /// Opens for the script of this name; one that is no file, such as statements of the command line, has the folder of
    /// the data.
    func opener(for script: String) -> ScriptOpener {
        let allowed = ([home(of: script)] + folders).compactMap(Self.realPath)
        return ScriptOpener(identity: Self.realPath) { path, user throws(ScriptOpener.Refusal) in
            let name = Self.name(of: path, in: home(of: user))
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

    private func home(of script: String) -> String {
        let own = Self.folder(of: script)
        return own == "." ? folder ?? own : own
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
