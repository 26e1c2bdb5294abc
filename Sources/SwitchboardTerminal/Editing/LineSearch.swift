/// Ctrl-R: each character narrows the search for a statement of before, by plain text.
struct LineSearch {
    /// What a key has done.
    enum Step: Equatable {
        /// The search goes on.
        case goOn
        /// It is over, and the line is as it was.
        case leave
        /// It is over, and what was found is in the line.
        case take
        /// The same, and the key then acts on it.
        case takeAndPress
    }

    /// The line in which the search began.
    let original: LineText
    private(set) var query = ""
    private(set) var found: FoundLine?
    private var isMissing = false
    private let find: (_ query: String, _ before: Int?) -> FoundLine?

    init(in original: LineText, find: @escaping (_ query: String, _ before: Int?) -> FoundLine?) {
        self.original = original
        self.find = find
    }

    /// What stands before the line meanwhile.
    var prompt: String {
        let remark = found.map { $0.remark.isEmpty ? "" : " (\($0.remark))" } ?? ""
        return VisibleText.line(isMissing ? "no '\(query)': " : "search '\(query)'\(remark): ")
    }

    /// What is found so far, with the cursor where it has the query; the line as it was while nothing is.
    var line: LineText {
        guard let found else { return original }
        let place = found.text.utf8.firstRange(of: query.utf8)?.lowerBound ?? found.text.endIndex
        return LineText(found.text, cursor: found.text.utf8.distance(from: found.text.startIndex, to: place))
    }

    /// Takes a key.
    mutating func press(_ key: Unicode.Scalar) -> Step {
        switch key.value {
        case 0x03, 0x07: return .leave
        case 0x0A, 0x0D:
            // The key may have come before the search for the last letters was at its end.
            if isMissing { look(before: found?.index) }
            return found == nil ? .leave : isMissing ? .take : .takeAndPress
        case 0x12: look(before: found?.index)
        case 0x08, 0x7F:
            query = String(String.UnicodeScalarView(query.unicodeScalars.dropLast()))
            found = nil
            look(before: nil)
        case 0x20...:
            query.unicodeScalars.append(key)
            if found.map({ $0.text.utf8.firstRange(of: query.utf8) == nil }) ?? true { look(before: found?.index) }
        default: return .takeAndPress
        }
        return .goOn
    }

    private mutating func look(before index: Int?) {
        guard !query.isEmpty else { return isMissing = false }
        let next = find(query, index)
        isMissing = next == nil
        found = next ?? found
    }
}
