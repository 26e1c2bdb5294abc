import Glibc

/// Shows a listing that is taller than the screen, page by page.
///
/// Space and PageDown, b and PageUp turn pages; Enter, j, k and the arrows move by lines; g and G go to the start and the
/// end; q, Ctrl-C and Ctrl-D leave. It has a screen of its own, and the page that was seen last stays behind. The
/// terminal's modes are restored on every way out, also when a signal ends the program or Ctrl-Z suspends it.
public struct Pager: Sendable {
    private enum Departure { case left, suspended }

    /// What the keys do, in as many words as there is room for.
    private static let keys = ["Space on, b back, g start, G end, q leaves", "Space on, b back, q leaves", "q leaves"]

    private let signals: SignalWatcher
    private let isColoured: Bool

    /// Makes one that signals end.
    public init(signals: SignalWatcher, isColoured: Bool) {
        self.signals = signals
        self.isColoured = isColoured
    }

    /// Whether there is a terminal to show pages on, and a keyboard to turn them.
    public static var isPossible: Bool { isTerminal(STDIN_FILENO) && isDrawable(STDOUT_FILENO) }

    /// The size of the screen.
    public static var size: TerminalSize { TerminalSize.of(STDOUT_FILENO) ?? TerminalSize(columns: 80, rows: 24) }

    /// Shows the rows from one on, and holds the calling thread until the reader leaves; returns the rows of the last
    /// page.
    public func show(_ listing: Listing, from row: Int = 0) -> Range<Int> {
        var view = PagerView(listing, from: row, size: Self.size)
        var before = termios()
        if tcgetattr(STDIN_FILENO, &before) == 0 {
            let news = PagerNews()
            let observer = signals.observe { news.take($0) }
            defer { signals.remove(observer) }
            while stay(&view, news, before) == .suspended {
                kill(0, SIGTSTP)
                news.waitUntilResumed()
            }
        }
        put((head(of: view) + view.lines).map { $0 + "\n" }.joined())
        return view.rows
    }

    /// Has the screen until the reader leaves it.
    private func stay(_ view: inout PagerView, _ news: PagerNews, _ before: termios) -> Departure {
        let modes = HiddenMode(before)
        modes.enter()
        put("\u{1B}[?1049h")
        // The clearing is for a terminal that has one screen only.
        defer {
            put("\u{1B}[H\u{1B}[J\u{1B}[?1049l")
            modes.leave()
        }
        view.size = Self.size
        draw(view)
        var keys = PagerKeys()
        while true {
            switch news.next() {
            case .ended: return .left
            case .changed:
                modes.enter()
                view.size = Self.size
                draw(view)
            case .byte(let byte):
                guard let key = keys.take(byte) else { continue }
                if key == .leave { return .left }
                if key == .suspend { return .suspended }
                view.move(key)
                draw(view)
            }
        }
    }

    /// Each line is cleared before it is written: behind one that fills it, the last character would go.
    private func draw(_ view: PagerView) {
        let filling = max(0, view.size.rows - 1 - view.head.count - view.lines.count)
        let position = DisplayWidth.prefix(of: foot(of: view), cells: view.size.columns - 1)
        let lines =
            head(of: view) + view.lines + [String](repeating: "", count: filling) + [
                TextStyle.dim.applied(to: String(position), when: isColoured)
            ]
        put("\u{1B}[H" + lines.map { "\u{1B}[2K" + $0 }.joined(separator: "\r\n"))
    }

    private func foot(of view: PagerView) -> String {
        let position = view.position + (view.isAtEnd ? " (END)" : "")
        let texts = Self.keys.map { "\(position)  \($0)" }
        return texts.first { DisplayWidth.of($0) < view.size.columns } ?? position
    }

    private func head(of view: PagerView) -> [String] {
        view.head.map { view.listing.headStyle?.applied(to: $0, when: isColoured) ?? $0 }
    }

    private func put(_ text: String) { writeAll(text, to: STDOUT_FILENO) }
}
