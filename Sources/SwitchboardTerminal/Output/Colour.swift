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

    /// The rule itself: `NO_COLOR` (not empty), `TERM` absent or `dumb`, and no terminal each mean no colours.
    func allows(isTerminal: Bool, environment: (String) -> String?) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            guard isTerminal, (environment("NO_COLOR") ?? "").isEmpty else { return false }
            guard let term = environment("TERM"), !term.isEmpty else { return false }
            return term != "dumb"
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
