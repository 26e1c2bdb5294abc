/// Names and values, one fact a line, the values below each other.
public enum FactList {
    /// A value narrower than this is no value to read beside its name; then it stands below it.
    private static let narrowest = 12

    /// The lines, each of at most that many cells; nil does not wrap.
    ///
    /// What comes from outside is made visible (`VisibleText`).
    public static func lines(_ facts: [(name: String, value: String)], width: Int?) -> [String] {
        let facts = facts.map { (name: VisibleText.line($0.name), value: VisibleText.line($0.value)) }
        let label = (facts.map { DisplayWidth.of($0.name) }.max() ?? 0) + 2
        return facts.flatMap { name, value -> [String] in
            let blanks = String(repeating: " ", count: label - DisplayWidth.of(name))
            if let width, width - label < narrowest { return below(name, value, width) }
            return WrappedText.lines(value, cells: width.map { $0 - label }).enumerated().map { index, line in
                (index == 0 ? name + blanks : String(repeating: " ", count: label)) + line
            }
        }
    }

    private static func below(_ name: String, _ value: String, _ width: Int) -> [String] {
        WrappedText.lines(name, cells: width) + WrappedText.lines(value, cells: max(1, width - 2)).map { "  " + $0 }
    }
}
