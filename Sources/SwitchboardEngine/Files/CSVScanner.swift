/// Finds the cells of a CSV file row by row.
struct CSVScanner {
    /// A cell of the row that was found last: where its content stands in the window.
    struct Cell {
        var start: Int
        var end: Int
        /// Whether quotes stand twice in it.
        var isDoubled = false
        /// Whether it stands in quotes.
        var isQuoted = false
    }

    private enum Found { case row, nothing, part }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private let window: ByteWindow
    private var rowEnd = 0
    private var lineFeeds = 0
    /// The cells of the row.
    private(set) var cells: [Cell] = []
    /// The row's first line, from 1.
    private(set) var line = 1

    init(_ window: ByteWindow) { self.window = window }

    /// Finds the next row; false behind the last.
    ///
    /// A row that breaks off where the window ends is begun once more with a longer window: no state is carried over a
    /// border, so that nothing depends on where it lies.
    mutating func next() throws(DataFault) -> Bool {
        window.start = rowEnd
        line += lineFeeds
        while true {
            switch try scan() {
            case .row: return true
            case .nothing: return false
            case .part:
                if window.isOverLimit { throw tooLong() }
                try window.more()
                rowEnd = window.start
            }
        }
    }

    /// The bytes of a cell, which are good until the next row.
    func bytes(of cell: Cell) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: window.bytes + cell.start, count: cell.end - cell.start)
    }

    /// The text of a cell.
    func text(of cell: Cell) -> String {
        guard cell.isDoubled else { return String(decoding: bytes(of: cell), as: UTF8.self) }
        var text: [UInt8] = []
        var isSecond = false
        for byte in bytes(of: cell) {
            isSecond = byte == Self.quote && !isSecond
            if !isSecond { text.append(byte) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The line and column of a cell, its quote included.
    func place(of cell: Cell) -> (line: Int, column: Int) {
        window.place(of: cell.start - (cell.isQuoted ? 1 : 0), startLine: line)
    }

    // MARK: One row

    private mutating func scan() throws(DataFault) -> Found {
        let (bytes, end, isLast) = (window.bytes, window.end, window.isAtEnd)
        var place = window.start
        if place == end, !isLast || !window.isBad { return isLast ? .nothing : .part }
        cells.removeAll(keepingCapacity: true)
        lineFeeds = 1
        while true {
            if place < end, bytes[place] == Self.quote {
                guard let next = try quoted(from: place) else { return .part }
                place = next
            } else {
                let start = place
                while place < end {
                    let byte = bytes[place]
                    if byte > Self.comma {
                        place &+= 1
                        continue
                    }
                    if byte == Self.comma || byte == Self.lineFeed { break }
                    if byte == Self.quote {
                        throw fault("a quote inside a cell that does not begin with one", place)
                    }
                    if byte == Self.carriageReturn {
                        if place + 1 == end && !isLast { return .part }
                        if place + 1 < end, bytes[place + 1] == Self.lineFeed { break }
                        throw fault("a carriage return without a line feed", place)
                    }
                    place &+= 1
                }
                cells.append(Cell(start: start, end: place))
            }
            if place == end {
                if !isLast { return .part }
                if window.isBad { throw window.badByte(startLine: line) }
            } else if bytes[place] == Self.comma {
                place += 1
                continue
            } else {
                place += bytes[place] == Self.carriageReturn ? 2 : 1
            }
            rowEnd = place
            return .row
        }
    }

    /// Takes a cell in quotes; returns where it ends, nil where the window ends before.
    private mutating func quoted(from start: Int) throws(DataFault) -> Int? {
        let (bytes, end, isLast) = (window.bytes, window.end, window.isAtEnd)
        var cell = Cell(start: start + 1, end: start + 1, isQuoted: true)
        var place = start + 1
        while true {
            while place < end, bytes[place] != Self.quote {
                if bytes[place] == Self.lineFeed { lineFeeds += 1 }
                place += 1
            }
            if place + 1 >= end && !isLast { return nil }
            if place == end {
                if window.isBad { throw window.badByte(startLine: line) }
                throw fault("the quote that opens this cell is never closed", start)
            }
            guard place + 1 < end, bytes[place + 1] == Self.quote else { break }
            cell.isDoubled = true
            place += 2
        }
        cell.end = place
        cells.append(cell)
        place += 1
        if place < end {
            switch bytes[place] {
            case Self.comma, Self.lineFeed: break
            case Self.carriageReturn where place + 1 == end && !isLast: return nil
            case Self.carriageReturn where place + 1 < end && bytes[place + 1] == Self.lineFeed: break
            default: throw fault("text behind the closing quote", place)
            }
        }
        return place
    }

    // MARK: Faults

    private func fault(_ text: String, _ index: Int) -> DataFault {
        let (line, column) = window.place(of: index, startLine: line)
        return DataFault(.quoting, text, line: line, column: column)
    }

    private func tooLong() -> DataFault {
        DataFault(
            .quoting, "this row is longer than \(ByteWindow.rowLimit >> 20) MiB", line: line, column: 1,
            help: "is a quote in it never closed?")
    }
}
