/// Lines at the end of a terminal's output that are drawn again in their place, as many as the screen has room for.
///
/// On a terminal that cannot go up (`TERM` absent or `dumb`) each drawing stands below the one before.
public struct DrawnLines {
    private let descriptor: Int32
    private let goesUp: Bool
    /// How many lines stand there.
    private var height = 0

    /// Makes some for the terminal behind the descriptor; draws nothing.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
        goesUp = isDrawable(descriptor)
    }

    /// Draws the lines in place of those before; what is in them is made visible, and cut where the screen ends.
    public mutating func draw(_ lines: [String]) {
        let size = TerminalSize.of(descriptor) ?? TerminalSize(columns: 80, rows: 24)
        let room = max(1, size.rows - 1)
        let cut = lines.count - room
        let shown = cut > 0 ? lines.prefix(room - 1) + ["and \(cut + 1) lines more"] : lines[...]
        var text = goesUp && height > 0 ? "\u{1B}[\(height)A\r\u{1B}[J" : ""
        for line in shown {
            text += String(DisplayWidth.prefix(of: VisibleText.line(line), cells: size.columns - 1)) + "\n"
        }
        writeAll(text, to: descriptor)  // what cannot be drawn is drawn the next time
        height = shown.count
    }
}
