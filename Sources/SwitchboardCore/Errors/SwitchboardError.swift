/// A stable name for a kind of failure; programs switch on it, never on the message.
///
/// The set is open: hosts and providers may add codes of their own.
public struct ErrorCode: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The code as it is printed and journaled, in lower snake case.
    public let rawValue: String

    /// Makes a code from its printed form.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The printed form.
    public var description: String { rawValue }

    /// An argument, a setting or an answer to a question of ours is not of the right form.
    public static let invalidArgument = ErrorCode(rawValue: "invalid_argument")
    /// The thing asked for by name or id does not exist.
    public static let notFound = ErrorCode(rawValue: "not_found")
    /// A search, filter or `first` came out empty where one thing was needed.
    public static let noMatch = ErrorCode(rawValue: "no_match")
    /// The number is no longer for sale.
    public static let taken = ErrorCode(rawValue: "taken")
    /// The account owns the number already, so there is nothing to buy.
    public static let alreadyOwned = ErrorCode(rawValue: "already_owned")
    /// A cap of the workspace or a plan of the provider does not allow one more.
    public static let paymentRequired = ErrorCode(rawValue: "payment_required")
    /// A limit that the user set for the run or the profile is reached.
    public static let limitReached = ErrorCode(rawValue: "limit_reached")
    /// The provider does not offer this at all.
    public static let unsupported = ErrorCode(rawValue: "unsupported")
    /// The provider does not accept the credentials, or a required setting is missing.
    public static let unauthorized = ErrorCode(rawValue: "unauthorized")
    /// The credentials are good and lack the right to do this.
    public static let forbidden = ErrorCode(rawValue: "forbidden")
    /// The provider asks us to slow down and goes on asking.
    public static let rateLimited = ErrorCode(rawValue: "rate_limited")
    /// No connection, no answer in time, or a server error that lasted.
    public static let unreachable = ErrorCode(rawValue: "unreachable")
    /// The time that the script gave was over first.
    public static let timeout = ErrorCode(rawValue: "timeout")
    /// An answer came and could not be understood.
    public static let badAnswer = ErrorCode(rawValue: "bad_answer")
    /// The state of things forbids the change: someone else holds or changed what it touches.
    public static let conflict = ErrorCode(rawValue: "conflict")
    /// The plan to which the run is held does not have the change, or is no plan of this run.
    public static let notPlanned = ErrorCode(rawValue: "not_planned")
    /// The user or the host cancelled the work.
    public static let cancelled = ErrorCode(rawValue: "cancelled")
    /// A change was sent and nobody can tell yet whether it happened.
    public static let unknownOutcome = ErrorCode(rawValue: "unknown_outcome")
    /// The store cannot be opened, read or written.
    public static let storeUnavailable = ErrorCode(rawValue: "store_unavailable")
    /// A mistake of ours.
    public static let `internal` = ErrorCode(rawValue: "internal")
}

/// The one error of the engine: a stable code, one sentence for people, and what a program may want to know.
///
/// No field ever holds a secret. The language adds the place in the script.
public struct SwitchboardError: Error, Hashable, Sendable, Codable {
    /// What kind of failure this is.
    public var code: ErrorCode
    /// One sentence without a final period, lower case at the start, no secret.
    public var message: String
    /// What the reader can do about it.
    public var help: String?
    /// The provider that refused or failed, by its registered name.
    public var provider: String?
    /// The HTTP status of the provider's last answer.
    public var status: Int?
    /// Whether the same call may succeed later, decided for this operation and not from the status alone.
    public var isRetryable: Bool
    /// Whether the change may have happened although the call failed: its answer was lost or made no sense.
    public var mayHaveHappened: Bool
    /// How often the provider was asked; 0 where it was not asked at all.
    public var attempts: Int
    /// Faults of single fields, by dotted path.
    public var fields: [String: String]
    /// The provider's own words or the lower error, redacted.
    public var cause: String?
    /// The provider's id of the last request, for its support desk.
    public var requestID: String?

    /// Makes an error; only the code and the message are needed.
    public init(
        _ code: ErrorCode, _ message: String, help: String? = nil, provider: String? = nil, status: Int? = nil,
        isRetryable: Bool = false, mayHaveHappened: Bool = false, attempts: Int = 0, fields: [String: String] = [:],
        cause: String? = nil, requestID: String? = nil
    ) {
        self.code = code
        self.message = message
        self.help = help
        self.provider = provider
        self.status = status
        self.isRetryable = isRetryable
        self.mayHaveHappened = mayHaveHappened
        self.attempts = attempts
        self.fields = fields
        self.cause = cause
        self.requestID = requestID
    }

    /// Turns any error into a `SwitchboardError`; one of another type becomes `internal`, cancellation `cancelled`.
    public init(wrapping error: any Error) {
        switch error {
        case let error as SwitchboardError: self = error
        case let fault as RoutingFault: self = fault.error
        case is CancellationError: self.init(.cancelled, "the work was cancelled")
        default: self.init(.internal, "an unexpected error: \(error)")
        }
    }
}

extension SwitchboardError: CustomStringConvertible {
    /// The message with its code, as a log line shows it.
    public var description: String { "\(code): \(message)" }
}
