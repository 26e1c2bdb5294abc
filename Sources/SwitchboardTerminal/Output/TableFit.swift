/// Which columns of a table fit into a width, and how wide each is.
///
/// Columns of low priority leave first, as long as text that wraps well is in nobody's way; then text is wrapped at
/// words; where that is not enough either, the table is made to fit, and is not readable.
struct TableFit {
    /// What a column needs.
    struct Column {
        /// The widest cell, the title among them.
        var natural = 0
        /// The widest part of a cell that is not broken.
        var word = 0
        var priority = 0

        /// Wide enough for wrapped text that reads well.
        fileprivate var comfortable: Int { min(natural, max(word, 30)) }
        /// As narrow as can be read: a long word is broken, a text has a word or two on a line.
        fileprivate var least: Int { min(natural, max(min(word, 24), 12)) }
    }

    /// The columns that stay, from left to right.
    private(set) var columns: [Int]
    /// Their widths, in the same order.
    private(set) var widths: [Int]
    /// Whether the table is of use to a reader: words are whole, and of several columns more than one is left.
    private(set) var isReadable = true

    /// The width of a column that nothing makes narrower.
    private static let narrowest = 6
    private static let gap = 2

    init(_ measured: [Column], width: Int?) {
        columns = Array(measured.indices)
        widths = measured.map(\.natural)
        guard let width else { return }
        dropByPriority(measured, toFit: width)
        shrink(toFit: width) { measured[$0].least }
        isReadable = total <= width && (columns.count > 1 || measured.count <= 1)
        shrink(toFit: width) { _ in Self.narrowest }
        while total > width && columns.count > 1 { remove(at: columns.count - 1) }
        if let only = widths.first, total > width { widths[0] = min(only, max(1, width)) }
    }

    private var total: Int { Self.total(widths) }

    private static func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + gap * max(0, widths.count - 1) }

    private mutating func dropByPriority(_ measured: [Column], toFit width: Int) {
        guard let highest = measured.map(\.priority).max() else { return }
        while Self.total(columns.map { measured[$0].comfortable }) > width {
            let droppable = columns.indices.filter { measured[columns[$0]].priority < highest }
            let place = droppable.min { left, right in
                let (low, high) = (measured[columns[left]].priority, measured[columns[right]].priority)
                return low == high ? left > right : low < high
            }
            guard let place else { return }
            remove(at: place)
        }
    }

    /// Takes from the widest column first, of equals from the rightmost, down to what each needs.
    private mutating func shrink(toFit width: Int, downTo least: (Int) -> Int) {
        while total > width {
            let places = widths.indices.filter { widths[$0] > least(columns[$0]) }
            guard let place = places.max(by: { (widths[$0], $0) < (widths[$1], $1) }) else { return }
            let second = widths.indices.filter { $0 != place }.map { widths[$0] }.max() ?? 0
            let floor = max(least(columns[place]), min(second, widths[place] - 1))
            widths[place] = max(floor, widths[place] - (total - width))
        }
    }

    private mutating func remove(at place: Int) {
        columns.remove(at: place)
        widths.remove(at: place)
    }
}
