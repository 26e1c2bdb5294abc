public import SwitchboardCore

/// One call of a vendor's API.
public struct ServiceCall: Sendable {
    /// The request; headers that carry credentials are named in `redactedHeaders` of the client.
    public var request: HTTPRequest
    /// The vendor's name of the operation, for messages and the log.
    public var operation: String
    /// When the call may be sent again.
    public var repeatability: Repeatability

    /// Makes a call.
    public init(_ request: HTTPRequest, operation: String, repeatability: Repeatability) {
        self.request = request
        self.operation = operation
        self.repeatability = repeatability
    }
}

/// When a call may be sent again after a failure.
public enum Repeatability: Sendable {
    /// Always: it reads, or it sets what a repetition sets again.
    case freely
    /// Always: the vendor recognises the repetition by a key that the request carries.
    case keyed
    /// After asking whether it happened: the closure returns true when it did, and the call is then not sent again.
    case afterAsking(@Sendable () async throws -> Bool)
    /// Only where it surely had no effect: the request never left, or the vendor refused it with 429.
    case onlyIfRefused
}

/// A vendor's answer, with how often the vendor was asked.
public struct ServiceReply: Sendable {
    /// The last answer, whatever its status.
    public var answer: HTTPAnswer
    /// How often the request was sent.
    public var attempts: Int

    /// Makes a reply.
    public init(_ answer: HTTPAnswer, attempts: Int) {
        self.answer = answer
        self.attempts = attempts
    }
}

/// Sends the calls of one provider account under one rate and concurrency limit, and repeats what may be repeated.
public final class ServiceClient: Sendable {
    private let provider: String
    private let context: ProviderContext

    /// Makes the client of one account; opens nothing.
    public init(provider: String, context: ProviderContext) {
        self.provider = provider
        self.context = context
    }

    /// Sends a call and returns the last answer, whatever its status.
    ///
    /// Throws `SwitchboardError` with provider and attempts: `unreachable`, `bad_answer` or `cancelled`;
    /// `mayHaveHappened` tells whether a write may have taken place.
    public func send(_ call: ServiceCall) async throws -> ServiceReply {
        ServiceReply(try await context.transport.send(call.request), attempts: 1)
    }
}
