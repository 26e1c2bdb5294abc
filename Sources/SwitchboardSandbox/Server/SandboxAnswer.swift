public import SwitchboardCore

/// What goes back for one request.
public struct SandboxAnswer: Hashable, Sendable {
    /// The HTTP status.
    public var status: Int
    /// The `Content-Type`, sent exactly so; nil sends none.
    public var contentType: String?
    /// The `Retry-After` in seconds, for refusals that ask the client to wait.
    public var retryAfter: Int?
    /// The vendor's own headers.
    public var headers: [String: String] = [:]
    /// The body.
    public var body: [UInt8]
    /// Whether the connection is closed without sending any of this.
    public var isLost = false
    /// The fault that shaped the answer, for the request log.
    public var fault: Fault.Kind?

    /// Makes an answer.
    public init(status: Int, contentType: String? = nil, retryAfter: Int? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.retryAfter = retryAfter
        self.body = body
    }

    /// An answer of plain text, as Go's servers send it.
    public static func text(_ text: String, status: Int = 200) -> SandboxAnswer {
        SandboxAnswer(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    /// An answer of JSON with the content type `application/json` and nothing after it.
    public static func json(_ value: JSON, status: Int = 200) -> SandboxAnswer {
        SandboxAnswer(status: status, contentType: "application/json", body: value.bytes())
    }
}
