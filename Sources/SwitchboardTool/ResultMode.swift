/// The form of results.
enum ResultMode: String, CaseIterable, Sendable {
    /// At a terminal tables, turned on their side where they are too wide for it; elsewhere CSV.
    case auto
    /// Tables, whatever has to be left out.
    case table
    /// One field a line.
    case record
    /// One array, or the value that is none.
    case json
    /// One JSON value a line.
    case jsonl
    /// RFC 4180, the header line first.
    case csv
    /// A table in Markdown.
    case md
    /// One fact a line, for those who hear it read.
    case plain

    /// Whether the form is made for people, so that what scripts print may stand between.
    var isForPeople: Bool {
        switch self {
        case .auto, .table, .record, .plain: true
        case .json, .jsonl, .csv, .md: false
        }
    }

    /// Whether faults are told to programs.
    var isJSON: Bool { self == .json || self == .jsonl }
}
