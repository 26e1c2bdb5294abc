/// What may stand at a place of a text that is being written.
public struct Completion: Hashable, Sendable {
    /// What a candidate replaces: what is written of the word so far, in bytes.
    public var span: Span
    /// What is written of the word, without the quote in front of a string.
    public var written = ""
    /// What fits, in order of text and flags last, none twice; runs stand behind what else fits, the newest first.
    public var candidates: [Candidate]
    /// What fits besides and only the host can list.
    public var sources: Set<Source>
    /// Whether things of the workspace go by their ids here and not by their names, as in an expression.
    public var goesByID = false

    /// One candidate.
    public struct Candidate: Hashable, Sendable {
        /// What stands in the place of the span.
        public var text: String
        /// What it is.
        public var kind: Kind
        /// One line of help; empty where there is none.
        public var help: String

        /// Makes a candidate.
        public init(_ text: String, _ kind: Kind, help: String = "") {
            self.text = text
            self.kind = kind
            self.help = help
        }
    }

    /// What a candidate is.
    public enum Kind: String, Hashable, Sendable {
        case command, keyword, flag, word, provider, name, field, type, agent, number, trunk, run, secret, profile
        case dispatchRule = "dispatch rule"
    }

    /// Things that are not known from the text.
    public enum Source: Hashable, Sendable {
        /// Files; what is written of the path is the text of the span. Those with one of the endings come first.
        case paths(endings: [String] = [])
        /// Pages of help whose name begins with these words.
        case pages(behind: [String])
        /// Things of the workspace, which the engine adds.
        case agents, numbers, trunks, runs, secrets, profiles
        /// Things of the platform that the workspace does not know.
        case dispatchRules

        /// Whether it is for the host to list and not for the engine.
        public var isOfHost: Bool {
            switch self {
            case .paths, .pages: true
            default: false
            }
        }
    }

    /// Makes a completion.
    public init(span: Span, candidates: [Candidate] = [], sources: Set<Source> = []) {
        self.span = span
        self.candidates = candidates
        self.sources = sources
    }

    /// Adds candidates as they come, behind the others and in front of the flags.
    public mutating func addInOrder(_ more: [Candidate]) {
        candidates.insert(contentsOf: more, at: candidates.firstIndex { $0.kind == .flag } ?? candidates.endIndex)
    }

    /// Adds candidates that begin as what is written, and keeps the order.
    public mutating func add(_ more: [Candidate], to written: String) {
        var seen = Set(candidates.map(\.text))
        candidates += more.filter { $0.text.hasPrefix(written) && seen.insert($0.text).inserted }
        candidates.sort { ($0.kind == .flag ? 1 : 0, $0.text) < ($1.kind == .flag ? 1 : 0, $1.text) }
    }
}
