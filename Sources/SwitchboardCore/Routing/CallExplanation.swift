/// What becomes of a call, and why.
public struct CallExplanation: Hashable, Sendable {
    /// Whether the call gets through.
    public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
        /// It gets a room.
        case answered
        /// The caller hears that the call failed, or nothing.
        case rejected
    }

    /// What was said of a trunk or a rule on the way.
    public struct Step: Hashable, Sendable {
        /// `trunk`, `number` for one that LiveKit has sold, or `rule`.
        public var what: String
        /// Its id.
        public var id: String
        /// Its name, a number's digits; may be empty.
        public var name: String
        /// `takes it`, or `skipped: ` and why.
        public var verdict: String

        /// Makes a step.
        public init(what: String, id: String, name: String, verdict: String) {
            self.what = what
            self.id = id
            self.name = name
            self.verdict = verdict
        }
    }

    /// Whether the call gets through.
    public var outcome: Outcome
    /// Why, in one sentence without a final period.
    public var reason: String
    /// What the call comes in by: a trunk, or a number that LiveKit has sold; nil where there is none.
    public var trunkID: String?
    /// The trunk's name, or the number.
    public var trunkName: String?
    /// The rule that takes the call.
    public var ruleID: String?
    /// The rule's name.
    public var ruleName: String?
    /// How the rule finds the room.
    public var ruleKind: DispatchRule.Kind?
    /// Whether the caller has to key in a PIN first.
    public var asksForPin = false
    /// The room's name; `<random>` stands for characters that nobody knows before.
    public var room: String?
    /// The agents that the rule sends.
    public var agents: [AgentTarget] = []
    /// The caller's identity in the room; `<hash>` stands for 16 hexadecimal digits of the hidden number's SHA-256.
    public var identity: String?
    /// The caller's name in the room.
    public var participantName: String?
    /// The caller's attributes in the room; `<random>` and `<host>` stand for what only the call brings.
    public var attributes: [String: String] = [:]
    /// What else is worth knowing, a sentence each.
    public var notes: [String] = []
    /// Every number, trunk and rule, and why it was taken or not.
    public var considered: [Step] = []

    /// Makes an explanation.
    public init(_ outcome: Outcome, _ reason: String) {
        self.outcome = outcome
        self.reason = reason
    }
}
