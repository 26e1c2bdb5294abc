import Glibc
import Switchboard

/// The files and folders whose path begins as what is written; relative paths begin in the current folder.
struct FileCandidates {
    /// What is written of the path.
    let written: String

    /// In order of name; hidden ones only where their dot is written.
    var all: [PromptCompletion.Candidate] {
        let folder = written.lastIndex(of: "/").map { written[...$0] } ?? ""
        let beginning = written.dropFirst(folder.count)
        let names = Self.names(in: folder.isEmpty ? "." : String(folder)).filter { name in
            name.hasPrefix(beginning) && name.hasPrefix(".") == beginning.hasPrefix(".")
        }
        return names.sorted().map { Self.candidate(String(folder) + $0, $0) }
    }

    private static func candidate(_ path: String, _ name: String) -> PromptCompletion.Candidate {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            return .init(text: Engine.operand(path), shown: name)
        }
        // The path goes on, so a string stays open.
        let text = Engine.operand(path + "/")
        return .init(text: text.hasSuffix("/") ? text : String(text.dropLast()), shown: name + "/", isWhole: false)
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
            let isText = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\u{FFFD}" }
            if name != ".", name != "..", isText { names.append(name) }
        }
        return names
    }
}
