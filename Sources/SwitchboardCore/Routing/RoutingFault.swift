/// What is wrong with a trunk or a dispatch rule, or with the file that describes it.
public struct RoutingFault: Error, Hashable, Sendable {
    /// The field by its dotted path, `media.codecs`; nil where it is about the whole.
    public var field: String?
    /// One sentence without a final period.
    public var message: String
    /// What the reader can do about it.
    public var help: String?
    /// The name or word that is not known, where that is the fault.
    public var unknown: String?
    /// What it could have been, for a guess at what was meant.
    public var known: [String]
    /// `invalid_argument`, or `conflict` where another trunk or rule stands in the way.
    public var code: ErrorCode

    /// Makes a fault.
    public init(
        field: String? = nil, _ message: String, help: String? = nil, unknown: String? = nil, known: [String] = [],
        code: ErrorCode = .invalidArgument
    ) {
        self.field = field
        self.message = message
        self.help = help
        self.unknown = unknown
        self.known = known
        self.code = code
    }

    /// The fault as the engine's error.
    public var error: SwitchboardError {
        SwitchboardError(code, message, help: help, fields: field.map { [$0: message] } ?? [:])
    }
}
