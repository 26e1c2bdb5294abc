/// A line whose last row is `:edit`: what stands before it is to be edited in the user's own editor (`editText`).
public enum EditRequest {
    static let word = ":edit"

    /// The text before the request; nil for a line that is none.
    public static func text(in line: String) -> String? {
        let newline = line.utf8.lastIndex(of: UInt8(ascii: "\n"))
        let row = newline.map { line[line.utf8.index(after: $0)...] } ?? line[...]
        guard row.filter({ $0 != " " }) == word else { return nil }
        return newline.map { String(line[..<$0]) } ?? ""
    }

    /// The line with the request in a row of its own, if it was written right behind the text.
    static func separated(_ line: String) -> String {
        guard line.hasSuffix(word), text(in: line) == nil else { return line }
        return line.dropLast(word.count) + "\n" + word
    }
}
