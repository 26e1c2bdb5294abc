/// The states of a line that Ctrl-_ brings back, the oldest of which are forgotten.
struct UndoRing {
    private static let most = 200
    private static let mostBytes = 4 << 20

    private var states: [LineText]

    init(_ first: LineText) {
        states = [first]
    }

    /// Keeps the line as it is before a key that may change it.
    mutating func note(_ line: LineText) {
        if states.last?.text == line.text { states.removeLast() }  // only the cursor has moved
        states.append(line)
        while states.count > Self.most || (states.count > 2 && bytes > Self.mostBytes) { states.removeFirst() }
    }

    /// The last state that has another text; nil if there is none.
    mutating func back(from line: LineText) -> LineText? {
        while states.last?.text == line.text { states.removeLast() }
        if states.isEmpty { states = [line] }
        return states.last?.text == line.text ? nil : states.last
    }

    private var bytes: Int { states.reduce(0) { $0 + $1.text.utf8.count } }
}
