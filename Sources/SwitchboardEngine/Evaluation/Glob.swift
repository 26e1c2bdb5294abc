/// A pattern over a whole text: `*` any characters, `?` one, `[a-z]` one of a set, `[!a-z]` one not of it.
struct Glob {
    private enum Piece {
        case character(Character), any, anyRun
        case set(ranges: [ClosedRange<Character>], isNegated: Bool)
    }
    private let pieces: [Piece]

    init(_ pattern: String) {
        var pieces: [Piece] = []
        var rest = Substring(pattern)
        while let character = rest.popFirst() {
            switch character {
            case "*": pieces.append(.anyRun)
            case "?": pieces.append(.any)
            case "[":
                guard let set = Self.set(&rest) else {
                    pieces.append(.character("["))
                    continue
                }
                pieces.append(set)
            default: pieces.append(.character(character))
            }
        }
        self.pieces = pieces
    }

    private static func set(_ rest: inout Substring) -> Piece? {
        guard let close = rest.dropFirst().firstIndex(of: "]") else { return nil }
        var body = Array(rest[..<close])
        rest = rest[rest.index(after: close)...]
        let isNegated = body.first == "!"
        if isNegated { body.removeFirst() }
        var ranges: [ClosedRange<Character>] = []
        var index = 0
        while index < body.count {
            if index + 2 < body.count, body[index + 1] == "-", body[index] <= body[index + 2] {
                ranges.append(body[index]...body[index + 2])
                index += 3
            } else {
                ranges.append(body[index]...body[index])
                index += 1
            }
        }
        return .set(ranges: ranges, isNegated: isNegated)
    }

    /// Whether the whole text fits; needs time proportional to text times pattern.
    func matches(_ text: String) -> Bool {
        let text = Array(text)
        var (position, piece) = (0, 0)
        var retry: (position: Int, piece: Int)?
        while position < text.count {
            if piece < pieces.count, case .anyRun = pieces[piece] {
                retry = (position, piece)
                piece += 1
            } else if piece < pieces.count, fits(text[position], pieces[piece]) {
                position += 1
                piece += 1
            } else if let last = retry {
                retry = (last.position + 1, last.piece)
                (position, piece) = (last.position + 1, last.piece + 1)
            } else {
                return false
            }
        }
        return pieces[piece...].allSatisfy { if case .anyRun = $0 { true } else { false } }
    }

    private func fits(_ character: Character, _ piece: Piece) -> Bool {
        switch piece {
        case .character(let wanted): character == wanted
        case .any: true
        case .anyRun: false
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(character) } != isNegated
        }
    }
}
