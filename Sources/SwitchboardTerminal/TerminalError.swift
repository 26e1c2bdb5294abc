import Glibc

/// The terminal cannot be used: what was tried, and the system's reason.
public struct TerminalError: Error, CustomStringConvertible, Sendable {
    /// One sentence without a full stop, such as `cannot open the line editor: Bad file descriptor`.
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    init(doing action: String, errno code: Int32) {
        description = "cannot \(action): \(String(cString: strerror(code)))"
    }
}
