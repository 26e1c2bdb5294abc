import Glibc
import Switchboard

/// The files and folders whose path begins as what is written; relative paths begin in the current folder.
struct FileCandidates {
    /// What is written of the path; `~/` is the home folder, and is written out since a statement does not know it.
    let written: String
    /// The endings of the files that are meant; where none has one of them, or with none, all are.
    var endings: [String] = []
    /// How a path is written in its place: as a statement has it.
    var spelling: (String) -> String = Engine.operand

    /// In order of name; hidden ones only where their dot is written.
    var all: [PromptCompletion.Candidate] {
        let path = Self.whole(written)
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let beginning = path.dropFirst(folder.count)
        let names = Self.names(in: folder.isEmpty ? "." : folder).filter { name in
            name.hasPrefix(beginning) && name.hasPrefix(".") == beginning.hasPrefix(".")
        }
        let entries = names.sorted().map { (name: $0, isFolder: Self.isFolder(folder + $0)) }
        let isMeant = { (name: String) in endings.contains { name.lowercased().hasSuffix($0) } }
        let hasMeant = entries.contains { !$0.isFolder && isMeant($0.name) }
        let shown = hasMeant ? entries.filter { $0.isFolder || isMeant($0.name) } : entries
        return shown.map { candidate(folder + $0.name, $0.name, isFolder: $0.isFolder) }
    }

    /// A path with the home folder in the place of `~/`.
    static func whole(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = getenv("HOME").map({ String(cString: $0) }), home.hasPrefix("/") else {
            return path
        }
        return (home.hasSuffix("/") ? String(home.dropLast()) : home) + path.dropFirst()
    }

    private func candidate(_ path: String, _ name: String, isFolder: Bool) -> PromptCompletion.Candidate {
        guard isFolder else { return .init(text: spelling(path), shown: name) }
        // The path goes on, so a string stays open.
        let text = spelling(path + "/")
        return .init(
            text: text.hasSuffix("/") ? text : String(text.dropLast()), shown: name + "/", isWhole: false)
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names that a statement can have.
    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != "..", !name.unicodeScalars.contains("\u{FFFD}") { names.append(name) }
        }
        return names
    }
}
