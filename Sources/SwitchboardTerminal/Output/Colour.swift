import Glibc

/// What the user wants of colours (`--color`).
public enum ColourChoice: String, Sendable, CaseIterable {
    /// Colours where they can be seen.
    case auto
    /// Colours everywhere.
    case always
    /// No colours.
    case never

    /// Whether output to the descriptor is coloured, by this choice, the environment and the kind of output.
    public func allows(descriptor: Int32) -> Bool {
        allows(isTerminal: isTerminal(descriptor)) { name in
            getenv(name).map { String(cString: $0) }
        }
    }

    /// The rule itself: `NO_COLOR` (not empty) means no colours, else `CLICOLOR_FORCE` (not 0) colours everywhere, else
    /// `CLICOLOR=0`, `TERM` absent or `dumb`, and no terminal each mean none.
    func allows(isTerminal: Bool, environment: (String) -> String?) -> Bool {
        func given(_ name: String) -> String { environment(name) ?? "" }
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            if !given("NO_COLOR").isEmpty { return false }
            if !["", "0"].contains(given("CLICOLOR_FORCE")) { return true }
            return isTerminal && given("CLICOLOR") != "0" && !["", "dumb"].contains(given("TERM"))
        }
    }
}

/// A way to set text apart on a terminal; never the only bearer of a meaning.
public enum TextStyle: String, Sendable, CaseIterable {
    /// Bold.
    case bold = "1"
    /// Faint.
    case dim = "2"
    /// Red: faults, and profiles where money is spent.
    case red = "31"
    /// Green: success.
    case green = "32"
    /// Yellow: warnings.
    case yellow = "33"
    /// Cyan: names.
    case cyan = "36"

    /// The text in this style, or as it is where colours are not allowed.
    public func applied(to text: String, when allowed: Bool) -> String {
        allowed && !text.isEmpty ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
    }
}
