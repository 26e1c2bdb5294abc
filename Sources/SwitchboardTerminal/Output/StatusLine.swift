import Glibc
import Synchronization

/// One line at the end of a terminal's output that is drawn again in its place, and makes room for all else that is
/// written there.
public final class StatusLine: Sendable {
    private struct State {
        /// What it says; nil while there is no line.
        var text: String?
        var isDrawn = false
        /// Whether the last output beside it has ended its line; in the middle of one nothing is drawn.
        var isAtStart = true
        /// How many have taken the terminal for themselves.
        var suspensions = 0
    }
    private let state = Mutex(State())
    private let descriptor: Int32

    /// Makes one for the terminal behind the descriptor.
    public init(descriptor: Int32) { self.descriptor = descriptor }

    /// Whether there is a terminal that can draw a line again.
    public var isPossible: Bool { isDrawable(descriptor) }

    /// Draws the text, as far as it fits, in place of the one before; nil takes the line away.
    public func show(_ text: String?) {
        state.withLock { state in
            state.text = text
            if text == nil { erase(&state) } else { draw(&state) }
        }
    }

    /// Runs what writes to the same terminal; `endsLine` says whether that ends with a newline.
    public func beside<Result>(endsLine: Bool, _ write: () -> Result) -> Result {
        state.withLock { state in
            erase(&state)
            let result = write()
            state.isAtStart = endsLine
            draw(&state)
            return result
        }
    }

    /// Runs what has the terminal for itself, as a question and its answer; others may write meanwhile, and see no line.
    public func suspended<Result>(_ body: () throws -> Result) rethrows -> Result {
        state.withLock { state in
            state.suspensions += 1
            erase(&state)
        }
        defer {
            state.withLock { state in
                state.suspensions -= 1
                draw(&state)
            }
        }
        return try body()
    }

    private func draw(_ state: inout State) {
        guard let text = state.text, state.isAtStart, state.suspensions == 0, isInForeground else { return }
        let columns = TerminalSize.of(descriptor)?.columns ?? 80
        let line = DisplayWidth.prefix(of: VisibleText.line(text), cells: columns - 1)
        writeAll("\r\(line)\u{1B}[K", to: descriptor)
        state.isDrawn = true
    }

    private func erase(_ state: inout State) {
        guard state.isDrawn else { return }
        writeAll("\r\u{1B}[K", to: descriptor)
        state.isDrawn = false
    }

    /// A program in the background would draw over what the one in front shows.
    private var isInForeground: Bool { tcgetpgrp(descriptor) == getpgrp() }
}
