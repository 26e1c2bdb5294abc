/// Draws diagnostics of one source text, and of the files that it uses, as plain text.
///
/// Sorted by place, those of one place under one picture, one empty line between two, no line end after the last. A line
/// of source that is too long is cut to a window around the marked stretch. What is meant to be a secret shows as dots in every picture. Whatever could act on a terminal is written as `<U+202E>`. A note labelled `row` stands on
/// the line of the place, the other notes below the picture, the help last.
public struct DiagnosticRenderer: Sendable {
    /// The text that the spans point into.
    public let source: SourceText
    /// How many cells a picture's line takes at most.
    private let width: Int
    /// The texts that are shown in no message.
    private let secrets: SecretTexts

    /// Makes a renderer for a source text, with pictures that have room in so many cells.
    public init(_ source: SourceText, width: Int = 160) {
        self.source = source
        self.width = width
        let hidden = source.hidden.map { SecretPlaces.text(at: $0, in: source) ?? source.text($0) }
        // A message has words of its own; where it repeats one that is written, that stands between quotes.
        secrets = SecretTexts(Set(hidden.map { $0.utf8.count < 6 || $0.allSatisfy(\.isLetter) ? "'\($0)'" : $0 }))
    }

    /// All diagnostics in the order of their places.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        Self.sorted(diagnostics).reduce(into: [[Diagnostic]]()) { groups, next in
            if let last = groups.last?.last, last.span == next.span, last.notes.isEmpty, next.notes.isEmpty {
                groups[groups.count - 1].append(next)
            } else {
                groups.append([next])
            }
        }.map { render(together: $0) }.joined(separator: "\n\n")
    }

    /// One diagnostic: what is wrong, where, the line, the marks, and what helps.
    public func render(_ diagnostic: Diagnostic) -> String { render([diagnostic]) }

    /// Diagnostics of one place, under one picture: the bad cells of a file that one call reads.
    private func render(together diagnostics: [Diagnostic]) -> String {
        let diagnostic = diagnostics[0]
        let span = clamped(diagnostic.span)
        let first = source.lineIndex(at: span.start)
        let last = source.lineIndex(at: max(span.start, span.end - 1))
        let gutter = String(repeating: " ", count: String(source.line(at: max(span.start, span.end - 1))).count)
        var place =
            "\(gutter)--> \(VisibleText.of(source.name(at: span.start))):\(source.line(at: span.start)):\(source.column(at: span.start))"
        for row in diagnostic.notes where row.label == "row" { place += "      row \(shown(row.text))" }
        var lines = diagnostics.map { "error[\($0.code)]: \(shown($0.message))" } + [place, "\(gutter) |"]
        lines += picture(of: span, line: first, gutter: gutter)
        if last > first {
            if last > first + 1 { lines.append("...") }
            lines += picture(of: span, line: last, gutter: gutter)
        }
        for note in diagnostic.notes where note.label != "row" {
            lines.append("\(gutter) = \(VisibleText.of(note.label)): \(shown(note.text))")
        }
        for help in diagnostics.compactMap(\.help).reduce(into: [String](), { if !$0.contains($1) { $0.append($1) } }) {
            lines.append("\(gutter) = help: \(shown(help))")
        }
        return lines.joined(separator: "\n")
    }

    private func shown(_ text: String) -> String { VisibleText.of(hiding(text)) }

    /// A message with dots in the place of whatever it repeats of a secret.
    func hiding(_ text: String) -> String { secrets.removed(from: text, leaving: Self.dots) }

    private static let dots = "••••••"

    /// The diagnostics by place, then by code.
    static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.enumerated().sorted {
            ($0.element.span.start, $0.element.code, $0.offset) < ($1.element.span.start, $1.element.code, $1.offset)
        }.map(\.element)
    }

    func clamped(_ span: Span) -> Span {
        let start = min(max(span.start, source.lineStarts[0]), source.bytes.count)
        return Span(start, min(max(span.end, start), source.bytes.count))
    }

    /// The source line and the marks below it.
    private func picture(of span: Span, line: Int, gutter: String) -> [String] {
        let whole = source.lineSpan(line)
        let mark = markedStretch(of: span, in: whole)
        let window = window(around: mark, in: whole, cells: max(20, width - gutter.count - 3))
        var shown = DisplayLine(window.start > whole.start ? "…" : "")
        shown.append(text(Span(window.start, mark.start)))
        let indent = shown.width
        let markEnd = min(mark.end, window.end)
        shown.append(text(Span(mark.start, markEnd)))
        var carets = max(1, shown.width - indent)
        if mark.end > window.end { carets += 1 }
        shown.append(text(Span(markEnd, window.end)) + (window.end < whole.end ? "…" : ""))
        let number = String(source.line(at: whole.start))
        let padding = String(repeating: " ", count: gutter.count - number.count)
        let marks = String(repeating: " ", count: indent) + String(repeating: "^", count: carets)
        return [trimmed("\(padding)\(number) | \(shown.text)"), "\(gutter) | \(marks)"]
    }

    /// The text of a stretch, with dots in the place of whatever of it is hidden.
    private func text(_ span: Span) -> String {
        var (shown, place) = ("", span.start)
        for secret in source.hidden where secret.end > place && secret.start < span.end {
            shown += source.text(Span(place, max(place, secret.start))) + Self.dots
            place = min(secret.end, span.end)
        }
        return shown + source.text(Span(place, span.end))
    }

    /// What of a span lies on a line; on a later line of a span the blanks in front are left out.
    private func markedStretch(of span: Span, in line: Span) -> Span {
        var start = min(max(span.start, line.start), line.end)
        let end = min(max(span.end, start), line.end)
        if span.start < line.start {
            while start < end, source.bytes[start] == 0x20 || source.bytes[start] == 0x09 { start += 1 }
        }
        return Span(start, end)
    }

    /// The bytes of a line that are shown: all of a short one, else those around the mark, or around its beginning.
    private func window(around mark: Span, in line: Span, cells: Int) -> Span {
        guard line.end - line.start > cells else { return line }
        let room = cells - 2  // …, on both sides
        let margin = (room - min(mark.end - mark.start, room / 2)) / 2
        var start = max(line.start, min(mark.start - margin, line.end - room))
        var end = min(line.end, start + room)
        while start < mark.start, start > line.start, isContinuation(start) { start += 1 }
        while end < line.end, end > mark.start, isContinuation(end) { end -= 1 }
        return Span(start, end)
    }

    private func isContinuation(_ offset: Int) -> Bool { source.bytes[offset] & 0xC0 == 0x80 }

    private func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
