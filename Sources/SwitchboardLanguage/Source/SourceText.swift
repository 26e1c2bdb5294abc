/// A source text with its name and its lines, addressed by UTF-8 byte offsets.
///
/// The files that a script uses stand behind it in the same row of bytes, each with its own name and lines, so that an
/// offset alone tells the file.
/// Lines end with LF or CRLF. A byte order mark at the start is skipped and counts in no column.
public struct SourceText: Hashable, Sendable {
    /// What the reader knows it by: a file name, or `prompt`.
    public let name: String
    /// The bytes as they were given, byte order mark included.
    public let bytes: [UInt8]
    /// Where each line begins; the first line begins behind a byte order mark.
    public let lineStarts: [Int]
    /// Why these bytes are no text: invalid UTF-8 and NUL; empty where they are one.
    public let diagnostics: [Diagnostic]
    /// Where secrets stand, which no picture shows.
    public private(set) var hidden: [Span] = []
    private let isASCII: Bool
    /// The files behind the first, in order.
    private let used: [Part]

    private struct Part: Hashable, Sendable {
        var name: String
        /// The offset of its first byte.
        var start: Int
        /// How many lines stand in front of it.
        var linesBefore: Int
    }

    /// Reads bytes; whatever is wrong with them stands in `diagnostics`.
    public init(name: String, bytes: [UInt8]) { self.init(name, bytes, from: 0, behind: [], used: []) }

    private init(_ name: String, _ bytes: [UInt8], from part: Int, behind linesBefore: [Int], used: [Part]) {
        self.name = name
        self.bytes = bytes
        self.used = used
        let start = bytes[part...].starts(with: [0xEF, 0xBB, 0xBF]) ? part + 3 : part
        var lineStarts = linesBefore + [start]
        var isASCII = true
        bytes.withUnsafeBufferPointer { buffer in
            for offset in start..<buffer.count {
                let byte = buffer[offset]
                if byte == 0x0A { lineStarts.append(offset + 1) }
                if byte >= 0x80 { isASCII = false }
            }
        }
        self.lineStarts = lineStarts
        self.isASCII = isASCII
        diagnostics = TextEncoding.faults(in: bytes, from: start)
    }

    /// Takes a text that is already decoded.
    public init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

    /// The same with one more file behind the others; `diagnostics` are those of that file.
    public func appending(name: String, bytes more: [UInt8]) -> SourceText {
        let part = Part(name: name, start: bytes.count + 1, linesBefore: lineStarts.count)
        let all = bytes + [0x0A] + more
        return SourceText(self.name, all, from: part.start, behind: lineStarts, used: used + [part]).hiding(hidden)
    }

    /// The same with stretches that no picture shows.
    public func hiding(_ spans: [Span]) -> SourceText {
        var source = self
        source.hidden = spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        return source
    }

    /// The first byte of the last file behind a byte order mark.
    public var start: Int { lineStarts[used.last?.linesBefore ?? 0] }

    /// The files behind the first, in order.
    public var usedFiles: [(name: String, bytes: [UInt8])] {
        zip(used, used.dropFirst().map { $0.start - 1 } + [bytes.count]).map { part, end in
            (part.name, Array(bytes[part.start..<end]))
        }
    }

    /// The name of the file that an offset lies in.
    public func name(at offset: Int) -> String { part(at: offset)?.name ?? name }

    /// The offset in the file that an offset lies in, a byte order mark counted.
    public func offsetInFile(_ offset: Int) -> Int { offset - (part(at: offset)?.start ?? 0) }

    private func part(at offset: Int) -> Part? { used.last { $0.start <= offset } }

    /// The text of a stretch; invalid bytes come out as U+FFFD.
    public func text(_ span: Span) -> String {
        let lower = min(max(span.start, 0), bytes.count)
        let upper = min(max(span.end, lower), bytes.count)
        return String(decoding: bytes[lower..<upper], as: UTF8.self)
    }

    /// The line of an offset in its file, counted from 1.
    public func line(at offset: Int) -> Int { lineIndex(at: offset) - (part(at: offset)?.linesBefore ?? 0) }

    /// The line of an offset among the lines of all files, counted from 1.
    func lineIndex(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of a line without its end; lines are counted from 1, those of all files in one row.
    public func lineSpan(_ line: Int) -> Span {
        let start = lineStarts[line - 1]
        guard line < lineStarts.count else { return Span(start, bytes.count) }
        var end = lineStarts[line] - 1
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return Span(start, end)
    }

    /// The column of an offset, counted from 1 in characters as a reader counts them.
    public func column(at offset: Int) -> Int {
        let start = lineStarts[lineIndex(at: offset) - 1]
        guard offset > start else { return 1 }
        if isASCII { return offset - start + 1 }
        return text(Span(start, offset)).count + 1
    }

    /// The column of an offset on a terminal, counted from 1: tabs stop at every fourth cell, wide characters take two.
    public func displayColumn(at offset: Int) -> Int {
        let start = lineStarts[lineIndex(at: offset) - 1]
        return DisplayLine(text(Span(start, max(offset, start)))).width + 1
    }
}
