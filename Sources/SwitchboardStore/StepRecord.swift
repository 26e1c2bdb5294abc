public import FoundationEssentials

/// What a run has got through: a call, a row, a transaction.
///
/// The run that is resumed takes the result from here.
public struct StepRecord: Hashable, Sendable {
    /// How a step can have ended.
    public enum State: String, Hashable, Sendable {
        /// It has its result.
        case done
        /// It has failed, and the run has gone on.
        case failed
        /// A transaction has failed and is being taken back.
        case undoing
        /// A decision that a call has made on its way.
        case decided
    }

    /// Its place in the script, then what names each row and turn around it: the same in every run of one script.
    public var key: String
    /// What it is, such as `purchase`.
    public var title: String
    /// How it ended.
    public var state: State
    /// The result as JSON, without secrets.
    public var result: [UInt8]
    /// When it began.
    public var startedAt: Date
    /// When it ended.
    public var endedAt: Date
    /// How often it was tried.
    public var attempts: Int

    /// Makes a record.
    public init(
        key: String, title: String, state: State, result: [UInt8], startedAt: Date, endedAt: Date, attempts: Int = 1
    ) {
        self.key = key
        self.title = title
        self.state = state
        self.result = result
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.attempts = attempts
    }
}

/// A line that a run has told whoever started it.
public struct RunLine: Hashable, Sendable {
    /// What a line can be.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The script has printed it.
        case printed
        /// It is a result that nothing consumed, or one row of it, as JSON.
        case shown
        /// It is worth knowing and no result.
        case noted
        /// It is why a row has failed.
        case rowFailed = "row_failed"
        /// It is why the run has failed.
        case failed
    }

    /// When it was told.
    public var at: Date
    /// What it is.
    public var kind: Kind
    /// The line.
    public var text: String

    /// Makes a line.
    public init(at: Date, kind: Kind, text: String) {
        self.at = at
        self.kind = kind
        self.text = text
    }
}

/// What another process needs to go on with a run.
public struct RunScript: Hashable, Sendable, Codable {
    /// The script's text as it was given.
    public var text: String
    /// The digest of the text and of every file that it uses.
    public var digest: String
    /// What the run was asked for besides, as JSON of the engine's own; secrets by name only.
    public var request: [UInt8]
    /// Whether a secret stands in the text: all of it is kept encrypted then, and only until the run has succeeded.
    public var isSecret: Bool

    /// Makes one.
    public init(text: String, digest: String, request: [UInt8], isSecret: Bool = false) {
        self.text = text
        self.digest = digest
        self.request = request
        self.isSecret = isSecret
    }
}
