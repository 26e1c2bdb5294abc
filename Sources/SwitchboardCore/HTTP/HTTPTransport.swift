/// One HTTP request, complete: nothing is added to it but what the protocol itself needs.
public struct HTTPRequest: Sendable {
    /// The method in capitals.
    public var method: String
    /// The absolute URL, already percent-encoded.
    public var url: String
    /// The header fields in the order they are sent.
    public var headers: [HTTPField]
    /// The body; empty for none.
    public var body: [UInt8]
    /// How long the whole exchange may take, connection included.
    public var deadline: Duration
    /// The largest answer body that is read; a larger one fails as `answerInvalid`.
    public var maximumAnswerBytes: Int

    /// Makes a request with a 10-second deadline and a 16 MiB answer limit unless said otherwise.
    public init(
        _ method: String, _ url: String, headers: [HTTPField] = [], body: [UInt8] = [],
        deadline: Duration = .seconds(10), maximumAnswerBytes: Int = 16 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.maximumAnswerBytes = maximumAnswerBytes
    }
}

/// One header field.
public struct HTTPField: Hashable, Sendable {
    /// The name as it is sent; compared without regard to case.
    public var name: String
    /// The value without surrounding blanks.
    public var value: String

    /// Makes a field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// One HTTP answer.
public struct HTTPAnswer: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields as they came.
    public var headers: [HTTPField]
    /// The whole body.
    public var body: [UInt8]

    /// Makes an answer.
    public init(status: Int, headers: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header field, found without regard to case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// Why an exchange ended without an answer.
public struct TransportFailure: Error, Hashable, Sendable {
    /// How far the exchange had come; what a caller may conclude about the server's state hangs on it.
    public enum Stage: Hashable, Sendable {
        /// The request never left: no address, no connection, no trusted TLS, or refused on our side.
        case notSent
        /// The request may have reached the server, so a change may have happened.
        case maybeSent
        /// An answer came that is too large or is not HTTP; a change may have happened.
        case answerInvalid
        /// The caller cancelled; a change may have happened.
        case cancelled
    }

    /// How far it had come.
    public var stage: Stage
    /// Whether the deadline passed.
    public var timedOut: Bool
    /// Whether the same request fails again however often it is sent: refused on our side, no trusted certificate.
    public var isPermanent: Bool
    /// One sentence for people, without secrets.
    public var message: String

    /// Makes a failure.
    public init(_ stage: Stage, timedOut: Bool = false, isPermanent: Bool = false, _ message: String) {
        self.stage = stage
        self.timedOut = timedOut
        self.isPermanent = isPermanent
        self.message = message
    }
}

/// The door to the network: the real one is in `SwitchboardHTTP`, a pretended one in the test kit.
public protocol HTTPTransport: Sendable {
    /// Sends one request once and returns its answer, whatever its status; redirects are not followed.
    ///
    /// Cancelling the task ends the exchange at once. Throws `TransportFailure` only.
    func send(_ request: HTTPRequest) async throws -> HTTPAnswer
}
