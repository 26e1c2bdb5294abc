/// How the reading of one line ended.
public enum LineOutcome: Sendable, Equatable {
    /// The user entered this line; it has no newline.
    case line(String)
    /// Ctrl-C: the line is dropped, the prompt goes on.
    case interrupted
    /// Ctrl-D on an empty line, or the end of the input.
    case endOfFile
    /// The process was told to end, or the terminal went away; every later read answers the same.
    case terminated(TerminalSignal)
}
