/// Which columns of a table fit into a width, and how wide each is.
struct TableFit {
    /// The columns that stay, from left to right.
    private(set) var columns: [Int]
    /// Their widths, in the same order.
    private(set) var widths: [Int]

    /// A cut cell keeps at least this many cells, the ellipsis among them.
    private static let narrowest = 6
    private static let gap = 2

    init(natural: [Int], priorities: [Int], width: Int?) {
        columns = Array(natural.indices)
        widths = natural
        guard let width else { return }
        dropByPriority(priorities, toFit: width)
        cutWidest(toFit: width)
        while total > width && columns.count > 1 { remove(at: columns.count - 1) }
        if let only = widths.first, total > width { widths[0] = min(only, max(1, width)) }
    }

    private var total: Int { widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) }

    private mutating func dropByPriority(_ priorities: [Int], toFit width: Int) {
        guard let highest = priorities.max() else { return }
        while total > width {
            let droppable = columns.indices.filter { priorities[columns[$0]] < highest }
            guard let place = droppable.min(by: { isDroppedFirst($0, $1, priorities) }) else { return }
            remove(at: place)
        }
    }

    private func isDroppedFirst(_ left: Int, _ right: Int, _ priorities: [Int]) -> Bool {
        let (low, high) = (priorities[columns[left]], priorities[columns[right]])
        return low == high ? left > right : low < high
    }

    private mutating func cutWidest(toFit width: Int) {
        while total > width {
            guard let place = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[place] > Self.narrowest
            else { return }
            let second = widths.indices.filter { $0 != place }.map { widths[$0] }.max() ?? 0
            let least = max(Self.narrowest, min(second, widths[place] - 1))
            widths[place] = max(least, widths[place] - (total - width))
        }
    }

    private mutating func remove(at place: Int) {
        columns.remove(at: place)
        widths.remove(at: place)
    }
}
