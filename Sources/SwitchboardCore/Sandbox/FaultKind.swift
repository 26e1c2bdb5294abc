/// What can go wrong at an emulator on demand; emulators bring it about, and `sandbox fault` asks them to.
public enum FaultKind: String, Hashable, Sendable, CaseIterable {
    /// A purchase answers that somebody else has the number.
    case taken
    /// The vendor's answer for too many requests.
    case rateLimited = "rate_limited"
    /// The vendor's answer for its own failure.
    case serverError = "server_error"
    /// The effect happens and the connection closes without an answer.
    case lostAnswer = "lost_answer"
    /// The vendor's answer to credentials that are good no more.
    case revoked
    /// The answer takes its time.
    case slow
    /// The answer's body is cut short.
    case malformed
    /// A change of a number is refused for no reason given.
    case refusedUpdate = "refused_update"
    /// A listing never says that it is complete.
    case endless
    /// The first half of the effect happens, then the vendor fails.
    case halfDone = "half_done"
    /// The vendor's answer that another of its regions serves the account.
    case wrongRegion = "wrong_region"
    /// A number is told to be on its way still.
    case pending
    /// A released number is for sale again only after the delay.
    case slowReturn = "slow_return"
    /// Answers have fields that the vendor has not published yet.
    case newerFields = "newer_fields"
    /// A listing is cut at the limit asked for, at a vendor that takes the limit for a hint.
    case honorLimit = "honor_limit"
}

/// On which side of an operation's effect a fault strikes.
public enum FaultMoment: String, Hashable, Sendable, CaseIterable {
    /// Before: the effect does not happen, unless the fault is only a delay.
    case before
    /// After: the effect has happened.
    case after
}

/// What a fault switch takes.
public enum FaultLimits {
    /// How many times it strikes.
    public static let times = 1...1_000_000
    /// Its `Retry-After`, in seconds.
    public static let retryAfter = 0...86_400
    /// Its delay, in milliseconds.
    public static let delay = 0...600_000
}
