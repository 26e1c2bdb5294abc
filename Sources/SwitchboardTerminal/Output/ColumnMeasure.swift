/// What the cells of a column are like, seen one by one.
struct ColumnMeasure {
    /// The widest cell.
    private(set) var cells = 0
    /// The widest part of a cell that is not broken.
    private(set) var word = 0
    private var hasNumber = false
    private var hasOther = false

    /// Begins with the title, which is no number whatever it says.
    init(title: String) { take(title) }

    /// Takes the text of a cell.
    mutating func add(_ cell: String) {
        take(cell)
        if cell.isEmpty || hasOther { return }
        if Self.isNumber(cell) { hasNumber = true } else { hasOther = true }
    }

    /// True if some cell is a number and no cell is anything else.
    var isNumeric: Bool { hasNumber && !hasOther }

    private mutating func take(_ text: String) {
        let measure = WrappedText.measure(text)
        cells = max(cells, measure.cells)
        word = max(word, measure.word)
    }

    /// `-12.50` is a number; `+14155550100` is a name.
    private static func isNumber(_ cell: String) -> Bool {
        var digits = cell.utf8[...]
        if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count <= 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            }
    }
}
