/// One fault of a source text, with what the reader needs to mend it.
public struct Diagnostic: Hashable, Sendable {
    /// A stable code, a letter and three digits: `L` lexing and parsing, `C` checking, `D` data, `R` run time.
    public var code: String
    /// One sentence without a final period.
    public var message: String
    /// The stretch that the carets mark.
    public var span: Span
    /// One hint, such as `did you mean 'monthly_cost'?`.
    public var help: String?
    /// Further lines below the picture, each with its label, such as `cause`.
    public var notes: [Note]

    /// A labelled line below the picture.
    public struct Note: Hashable, Sendable {
        /// What stands in front of the colon; `row` names the row of data on the line of the place.
        public var label: String
        /// What stands behind the colon.
        public var text: String

        /// Makes a note.
        public init(_ label: String, _ text: String) {
            self.label = label
            self.text = text
        }
    }

    /// Makes a diagnostic.
    public init(_ code: String, _ message: String, at span: Span, help: String? = nil, notes: [Note] = []) {
        self.code = code
        self.message = message
        self.span = span
        self.help = help
        self.notes = notes
    }
}
