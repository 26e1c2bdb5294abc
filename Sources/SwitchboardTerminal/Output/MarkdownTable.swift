/// A table in Markdown (GitHub's tables), whose cells show their text as it is.
public struct MarkdownTable {
    private let table: TextTable

    /// Makes one; its columns are as wide as they are.
    public init(_ table: TextTable) { self.table = table }

    /// The header and the line below it, which says where numbers stand right.
    public var head: [String] {
        var measures = table.columns.map { ColumnMeasure(title: $0.title) }
        for row in 0..<table.count {
            for (place, cell) in table.raw(row).enumerated() { measures[place].add(cell) }
        }
        return [line(table.columns.map(\.title)), line(raw: measures.map { $0.isNumeric ? "---:" : "---" })]
    }

    /// The line of a row.
    public func line(_ row: Int) -> String { line(table.raw(row)) }

    private func line(_ cells: [String]) -> String { line(raw: cells.map(Self.escaped)) }

    private func line(raw cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

    /// The text with a backslash in front of whatever Markdown would take for a sign of its own.
    ///
    /// A line end, which a cell cannot have, is `<br>`.
    public static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\\", "|", "`", "*", "<", "[", "]", "&", "~": result.append("\\")
            case "_" where !isInWord(scalars, index): result.append("\\")
            case "\n":
                result.append(contentsOf: "<br>".unicodeScalars)
                continue
            case "\r": continue
            default: break
            }
            result.append(scalar)
        }
        return String(result)
    }

    /// `country_code` stays as it is.
    private static func isInWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        guard index > 0, index + 1 < scalars.count else { return false }
        return [scalars[index - 1], scalars[index + 1]].allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
    }
}
