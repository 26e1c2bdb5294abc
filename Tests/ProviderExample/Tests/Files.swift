import FoundationEssentials

/// The package's own files.
enum Files {
    /// The package's folder, without a slash at its end.
    static let package = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// The texts of all files of a folder by their paths in it.
    static func texts(under folder: String) throws -> [String: String] {
        var texts: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            var isFolder = false
            _ = FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
            if !isFolder { texts[path] = try text("\(folder)/\(path)") }
        }
        return texts
    }
}
