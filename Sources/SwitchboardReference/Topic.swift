public import SwitchboardLanguage

/// What one does with one kind of thing, in the order in which one does it: `help numbers`.
public struct Topic: Sendable {
    /// The word behind `help`.
    public var name: String
    /// One sentence that begins in lower case and has no final period.
    public var summary: String
    /// Statements, each standing on what those before have made; tests run them.
    public var steps: [CommandSignature.Example]
    /// What else there is to know.
    public var remarks: [String]

    /// The topic as a page.
    var page: Page {
        let lines = steps.map { "\($0.text)\n    # \($0.remark)" }.joined(separator: "\n")
        return Page(
            kind: .topic, name: name, summary: summary,
            parts: [.heading("In order"), .lines(lines, as: "swb"), .list(remarks)])
    }
}

extension Page {
    /// The pages of all topics.
    static var topics: [Page] { Topic.all.map(\.page) }
}
