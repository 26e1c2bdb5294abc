/// Finds the lines of a file one by one.
struct LineScanner {
    private let window: ByteWindow
    private var lineEnd = 0
    /// The number of the line that was found last, from 1.
    private(set) var line = 0

    init(_ window: ByteWindow) { self.window = window }

    /// The next line without its line feed; nil behind the last.
    mutating func next() throws(DataFault) -> ArraySlice<UInt8>? {
        window.start = lineEnd
        line += 1
        var searched = 0
        while true {
            let rest = UnsafeBufferPointer(start: window.bytes + window.start, count: window.end - window.start)
            if let place = rest[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                lineEnd = window.start + place + 1
                return Array(rest[..<place])[...]
            }
            if window.isAtEnd {
                if window.isBad { throw window.badByte(startLine: line) }
                lineEnd = window.end
                return rest.isEmpty ? nil : Array(rest)[...]
            }
            searched = rest.count
            if window.isOverLimit {
                throw DataFault(
                    .badJSON, "this line is longer than \(ByteWindow.rowLimit >> 20) MiB", line: line, column: 1)
            }
            try window.more()
        }
    }
}
