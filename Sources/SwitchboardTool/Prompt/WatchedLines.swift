/// The lines of what is watched, with `*` in front of each that was not there the time before.
struct WatchedLines {
    /// The cells that the mark takes.
    static let margin = 2

    private var before: [String]?

    /// The lines with their marks; the first time there is nothing to compare.
    mutating func marked(_ lines: [String]) -> [String] {
        defer { before = lines }
        guard let before else { return lines.map { "  " + $0 } }
        var known = Dictionary(before.map { ($0, 1) }, uniquingKeysWith: +)
        return lines.map { line in
            let count = known[line] ?? 0
            known[line] = count - 1
            return (count > 0 ? "  " : "* ") + line
        }
    }
}
