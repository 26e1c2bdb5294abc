import Glibc

/// A folder that only the user can look into.
struct PrivateFolder {
    let path: String

    init() throws(TerminalError) {
        let place = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        var template = Array(((place.isEmpty ? "/tmp" : place) + "/switchboard.XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw TerminalError(doing: "make a private folder", errno: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// With all that the editor has left beside the text.
    func remove() {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                unlink("\(path)/\(name)")  // fails for `.` and `..`, as it should
            }
            closedir(directory)
        }
        rmdir(path)
    }
}
