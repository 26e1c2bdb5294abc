/// Thrown by a command that ends the script with a status of its own; no `catch` holds it up.
public struct ScriptExit: Error, Hashable, Sendable {
    /// The exit status.
    public var status: Int32

    /// Ends with this status.
    public init(status: Int32) { self.status = status }
}
