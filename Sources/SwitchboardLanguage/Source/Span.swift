/// A stretch of one source text, in UTF-8 byte offsets, the end excluded.
public struct Span: Hashable, Sendable, Codable {
    /// The first byte.
    public var start: Int
    /// One past the last byte.
    public var end: Int

    /// Makes a span.
    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// The smallest span that holds both.
    public func union(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }
}
