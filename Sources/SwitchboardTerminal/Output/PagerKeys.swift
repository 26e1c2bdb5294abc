/// What a key asks of the pager.
enum PagerKey: Equatable {
    case pageDown, pageUp, lineDown, lineUp, start, end, leave, suspend
}

/// Finds keys in the bytes that a terminal sends, which are several for some.
struct PagerKeys {
    private var sequence = ""

    /// Takes one byte; answers when a known key is whole.
    mutating func take(_ byte: UInt8) -> PagerKey? {
        sequence.unicodeScalars.append(Unicode.Scalar(byte))
        if isUnfinished { return nil }
        defer { sequence = "" }
        return Self.keys[sequence]
    }

    /// ESC, then `[` or `O`, then up to a letter or `~`.
    private var isUnfinished: Bool {
        let scalars = Array(sequence.unicodeScalars)
        guard scalars[0] == "\u{1B}" else { return false }
        switch scalars.count {
        case 1: return true
        case 2: return scalars[1] == "[" || scalars[1] == "O"
        default: return !("@"..."~").contains(scalars[scalars.count - 1])
        }
    }

    private static let keys: [String: PagerKey] = [
        " ": .pageDown, "f": .pageDown, "\u{6}": .pageDown, "\u{1B}[6~": .pageDown,
        "b": .pageUp, "\u{2}": .pageUp, "\u{1B}[5~": .pageUp,
        "\r": .lineDown, "\n": .lineDown, "j": .lineDown, "\u{1B}[B": .lineDown, "\u{1B}OB": .lineDown,
        "k": .lineUp, "\u{1B}[A": .lineUp, "\u{1B}OA": .lineUp,
        "g": .start, "<": .start, "\u{1B}[H": .start, "\u{1B}OH": .start, "\u{1B}[1~": .start, "\u{1B}[7~": .start,
        "G": .end, ">": .end, "\u{1B}[F": .end, "\u{1B}OF": .end, "\u{1B}[4~": .end, "\u{1B}[8~": .end,
        "q": .leave, "Q": .leave, "\u{3}": .leave, "\u{4}": .leave, "\u{1A}": .suspend,
    ]
}
