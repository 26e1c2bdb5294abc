/// Text whose parts may stand out: what goes to a terminal is one of these, and no text brings escapes of its own.
public struct StyledText: Sendable, Equatable {
    private struct Run: Sendable, Equatable {
        var text: String
        var style: TextStyle?
    }

    private var runs: [Run]

    /// Text in one style, or in none.
    public init(_ text: String, _ style: TextStyle? = nil) { runs = [Run(text: text, style: style)] }

    /// Both, one behind the other.
    public static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum += right
        return sum
    }

    /// Adds text behind.
    public static func += (left: inout StyledText, right: StyledText) { left.runs += right.runs }

    /// Adds plain text behind.
    public static func += (left: inout StyledText, right: some StringProtocol) {
        left.runs.append(Run(text: String(right)))
    }

    /// The text as it goes out: to a terminal with all made visible that it would obey or hide, else as it is.
    ///
    /// Whether colours are allowed is asked only where there is a style.
    public func text(toTerminal isTerminal: Bool, isColoured: @autoclosure () -> Bool) -> String {
        runs.map { run in
            let text = isTerminal ? VisibleText.lines(run.text) : run.text
            return run.style?.applied(to: text, when: isColoured()) ?? text
        }.joined()
    }
}
