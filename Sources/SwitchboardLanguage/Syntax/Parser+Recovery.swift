extension Parser {
    /// What must be as it was when a statement that failed is left.
    struct Checkpoint {
        var index: Int
        var openers: Int
        var newlinesAreBlanks: Bool
    }

    var checkpoint: Checkpoint {
        Checkpoint(index: index, openers: openers.count, newlinesAreBlanks: newlinesAreBlanks)
    }

    /// Moves from where a statement failed to where the next one begins.
    ///
    /// The statement is gone through again from its start, so that a line end inside its brackets is no boundary;
    /// a line that begins with a statement's word is one even in parentheses, which then lack their end.
    mutating func recover(from start: Checkpoint) {
        let failure = index
        let isUnclosed = lastFailureIsUnclosed
        lastFailureIsUnclosed = false
        openers.removeLast(openers.count - start.openers)
        newlinesAreBlanks = start.newlinesAreBlanks
        guard token.kind != .end else { return }
        index = start.index
        var open = PassedBrackets()
        while token.kind != .end {
            if open.isEmpty, token.kind == .closeBrace, index >= failure || start.openers > 0 { break }
            if isBoundary(open, failure: failure, isUnclosed: isUnclosed) { break }
            open.pass(token.kind)
            index += 1
        }
        if index == start.index, token.kind != .end, token.kind != .closeBrace { index += 1 }
        lastEnd = list.tokens[max(index - 1, 0)].span.end
    }

    private func isBoundary(_ open: PassedBrackets, failure: Int, isUnclosed: Bool) -> Bool {
        guard index + 1 >= failure else { return false }
        switch token.kind {
        case .semicolon: return open.isEmpty
        case .newline:
            let next = list.tokens[index + 1]
            if open.isEmpty { return !continues(next) }
            guard !open.hasBrace, next.kind == .word else { return false }
            return startsStatement(next) || (index + 1 == failure && isUnclosed)
        default: return false
        }
    }

    /// Whether a line end between the token in front and this one does not end the statement.
    private func continues(_ next: Token) -> Bool {
        if next.kind == .pipe { return true }
        if index > 0, list.tokens[index - 1].kind == .pipe { return true }
        guard next.kind == .word else { return false }
        let word = text(next)
        return word == "else" || word == "catch"
    }

    /// Moves from a condition that failed to the block behind it, if that stands on the same line.
    mutating func recoverAtBlock(from start: Checkpoint) -> Bool {
        var candidate: Int?
        var depth = 0
        var next = index
        while next < list.tokens.count - 1, list.tokens[next].kind != .newline, list.tokens[next].kind != .semicolon {
            let kind = list.tokens[next].kind
            if kind == .openBrace, depth <= 0, candidate == nil || list.tokens[next + 1].kind == .newline {
                candidate = next
            }
            if kind.isOpener { depth += 1 }
            if kind.isCloser { depth -= 1 }
            next += 1
        }
        guard let candidate else { return false }
        openers.removeLast(openers.count - start.openers)
        newlinesAreBlanks = start.newlinesAreBlanks
        index = candidate
        return true
    }
}

/// The brackets that are open behind the tokens that were passed.
private struct PassedBrackets {
    private var kinds: [Token.Kind] = []
    private var braces = 0

    var isEmpty: Bool { kinds.isEmpty }

    var hasBrace: Bool { braces > 0 }

    /// Counts a token; a closing brace also ends what is open inside its block, other strays are ignored.
    mutating func pass(_ kind: Token.Kind) {
        if kind.isOpener {
            kinds.append(kind)
            if kind == .openBrace { braces += 1 }
        } else if kind == .closeBrace {
            guard hasBrace else { return }
            while kinds.popLast() != .openBrace {}
            braces -= 1
        } else if kind.isCloser, kinds.last?.closer == kind {
            kinds.removeLast()
        }
    }
}
