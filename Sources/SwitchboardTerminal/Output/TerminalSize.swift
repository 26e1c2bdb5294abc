import Glibc

/// True if the descriptor (0, 1, 2) is a terminal.
public func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
}

/// True if the descriptor is a terminal on which a line can be drawn again (`TERM`).
public func isDrawable(_ descriptor: Int32) -> Bool {
    guard isTerminal(descriptor), let term = getenv("TERM") else { return false }
    return !["", "dumb"].contains(String(cString: term))
}

/// The size of a terminal in character cells.
public struct TerminalSize: Sendable, Equatable {
    /// Cells in a row.
    public var columns: Int
    /// Rows on the screen.
    public var rows: Int

    /// A size.
    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// The size of the terminal behind the descriptor, or nil if there is none that knows its size.
    public static func of(_ descriptor: Int32) -> TerminalSize? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
        return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }
}
