import Glibc

/// The built programs, which stand beside the test program.
enum Programs {
    static let switchboard = folder + "/switchboard"
    static let sandbox = folder + "/switchboard-sandbox"
    static let embeddingExample = folder + "/EmbeddingExample"
    static let doorVictim = folder + "/DoorVictim"

    /// The package's own folder, without a slash at its end.
    static let package = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

    /// The folder of the built programs.
    static let folder: String = {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count)
        let whole = String(decoding: path[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return whole.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
    }()
}
