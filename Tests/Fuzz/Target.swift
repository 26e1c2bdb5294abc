import Glibc

/// What the environment says.
enum Target {
    static let isData = variable("SWITCHBOARD_FUZZ") == "data"
    static let folder = variable("TMPDIR") ?? "/tmp"

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
