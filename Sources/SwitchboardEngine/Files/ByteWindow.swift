/// The stretch of a file that is in memory: one row and what happens to follow it.
///
/// It grows to what the longest row needs, up to a limit, and holds nothing but text.
final class ByteWindow {
    /// How much is read at once.
    static let blockSize = 1 << 18
    /// The most that one row may need.
    static let rowLimit = 1 << 24

    private let file: OpenFile
    private var offset: Int
    private var capacity: Int
    /// The bytes; a pointer into them is good until `more` is called.
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    /// The first byte that is still wanted.
    var start = 0
    /// The end of the text.
    private(set) var end = 0
    /// The end of what is read, which may break off inside a character.
    private var filled = 0
    /// Whether nothing follows the end.
    private(set) var isAtEnd = false
    /// Whether the byte at the end is none of a text.
    private(set) var isBad = false

    init(_ file: OpenFile, blockSize: Int = ByteWindow.blockSize) {
        self.file = file
        offset = file.textStart
        capacity = max(1, blockSize)
        bytes = .allocate(capacity: capacity)
    }

    deinit { bytes.deallocate() }

    /// Reads on, unless the end is reached; bytes keep their distance from the start.
    func more() throws(DataFault) {
        if isAtEnd { return }
        makeRoom()
        let room = UnsafeMutableRawBufferPointer(start: bytes + filled, count: capacity - filled)
        let count = try file.read(into: room, at: offset)
        offset += count
        filled += count
        (end, isBad) = UTF8Text.end(in: bytes, from: end, to: filled)
        if count == 0 && end < filled { isBad = true }
        isAtEnd = count == 0 || isBad
    }

    /// Whether a row needs more than one may need.
    var isOverLimit: Bool { end - start > Self.rowLimit }

    private func makeRoom() {
        if start > 0 {
            bytes.update(from: bytes + start, count: filled - start)
            (end, filled, start) = (end - start, filled - start, 0)
        }
        guard filled == capacity else { return }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
        larger.update(from: bytes, count: filled)
        bytes.deallocate()
        (bytes, capacity) = (larger, capacity * 2)
    }

    /// The line and the column in characters of a byte behind the start, which stands at the beginning of a line.
    func place(of index: Int, startLine: Int) -> (line: Int, column: Int) {
        let before = UnsafeBufferPointer(start: bytes + start, count: index - start)
        let line = startLine + before.count { $0 == UInt8(ascii: "\n") }
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (line, String(decoding: before[lineStart...], as: UTF8.self).count + 1)
    }

    /// What is wrong with the byte at the end.
    func badByte(startLine: Int) -> DataFault {
        let (line, column) = place(of: end, startLine: startLine)
        return bytes[end] == 0
            ? DataFault(.encoding, "a NUL byte", line: line, column: column)
            : DataFault(.encoding, "this is not UTF-8", line: line, column: column, help: "convert the file to UTF-8")
    }
}
