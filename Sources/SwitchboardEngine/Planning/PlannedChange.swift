public import SwitchboardCore

/// One thing that a run by a plan would change.
public struct PlannedChange: Hashable, Sendable, Codable {
    /// The kind of a change of the ledger alone.
    static let ledger = "ledger"

    /// Where the script has it changed, such as `sites.swb:5:9`.
    public var place: String
    /// The rows and the undecided conditions that it stands under, from the outermost in.
    public var within: [String]
    /// What kind of change it is: an effect's kind such as `purchase`, `ledger`, or the command that makes it.
    public var kind: String
    /// What it is about, such as `livekit +14155550100`.
    public var subject: String
    /// What it does, in one sentence without a period.
    public var summary: String
    /// The provider that is asked; nil for a change of the workspace alone.
    public var provider: String?
    /// How many numbers it buys.
    public var purchases: Int
    /// What they cost a month; nil where nobody knows, which is never nothing.
    public var monthlyCost: Money?
    /// The search that the number came out of: another one of it is as good where this one is gone by then.
    public var anyOf: String?
    /// What takes it back.
    public var undoing: PlannedUndoing

    /// Whether only the run can tell that it is made at all.
    public var isConditional: Bool

    /// Makes a change.
    public init(
        place: String = "", within: [String] = [], kind: String, subject: String, summary: String,
        provider: String? = nil, purchases: Int = 0, monthlyCost: Money? = nil, anyOf: String? = nil,
        undoing: PlannedUndoing, isConditional: Bool = false
    ) {
        self.place = place
        self.within = within
        self.kind = kind
        self.subject = subject
        self.summary = summary
        self.provider = provider
        self.purchases = purchases
        self.monthlyCost = monthlyCost
        self.anyOf = anyOf
        self.undoing = undoing
        self.isConditional = isConditional
    }
}

extension PlannedChange {
    /// What a number has in common with the others of the search that found it, such as `livekit US 415`.
    static func search(_ number: E164, at provider: String) -> String {
        [provider, number.region ?? "", number.areaCode ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// What takes a planned change back.
public enum PlannedUndoing: Hashable, Sendable, Codable {
    /// Another change, in one sentence without a period.
    case by(String)
    /// Nothing, and why.
    case never(String)
    /// Nothing has to.
    case unneeded
}
