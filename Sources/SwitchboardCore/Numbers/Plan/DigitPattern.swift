/// A pattern over digits, matched as it lies in the table.
///
/// The notation is that of regular expressions, as far as numbering plans use them: digits, `.` for any digit, `[2-57]`,
/// `(a|b)`, `?` after anything, `{6}` and `{6,7}` after one digit, `$` for the end. `(` does not capture; `<1a|b>` captures
/// as group 1. The first alternative that leads to a match wins, and repetition takes as much as it can.
struct DigitPattern: Sendable {
    let text: PlanText

    /// What a match at the beginning of the digits took.
    struct Match: Equatable {
        /// How many digits the match took.
        var length: Int
        /// What the groups captured, the first one first; nil for a group that took no part.
        var groups: [Range<Int>?]
    }

    /// Whether the pattern takes all of the digits.
    func matchesAll(_ digits: [UInt8]) -> Bool { match(digits, whole: true) != nil }

    /// Whether the pattern takes the beginning of the digits.
    func matchesStart(_ digits: [UInt8]) -> Bool { match(digits, whole: false) != nil }

    /// Matches at the beginning of the digits, which are ASCII.
    func match(_ digits: [UInt8], whole: Bool = false) -> Match? {
        digits.withUnsafeBufferPointer { digits in
            var run = PatternRun(
                pattern: text.table.utf8Start, end: text.range.upperBound, digits: digits, whole: whole)
            guard let length = run.matchGroup(text.range.lowerBound, 0) else { return nil }
            return Match(length: length, groups: run.groups)
        }
    }
}

/// One attempt to match: backtracking by recursion at each choice, so as deep as a pattern has choices.
private struct PatternRun {
    let pattern: UnsafePointer<UInt8>
    let end: Int
    let digits: UnsafeBufferPointer<UInt8>
    let whole: Bool
    var groups: [Range<Int>?] = []
    private var open = (group: 0, start: 0)

    init(pattern: UnsafePointer<UInt8>, end: Int, digits: UnsafeBufferPointer<UInt8>, whole: Bool) {
        self.pattern = pattern
        self.end = end
        self.digits = digits
        self.whole = whole
    }

    /// Matches the rest of the pattern from `start` against the digits from `position`; returns where the match ends.
    private mutating func match(_ start: Int, _ position: Int) -> Int? {
        var at = start
        var position = position
        while at < end {
            switch pattern[at] {
            case UInt8(ascii: "("):
                return matchGroup(at + 1, position)
            case UInt8(ascii: "<"):
                return matchCapture(at + 1, position)
            case UInt8(ascii: ">"):
                groups[open.group] = open.start..<position
                at = skipOptional(at + 1)
            case UInt8(ascii: ")"):
                at = skipOptional(at + 1)
            case UInt8(ascii: "|"):
                at = endOfGroup(at + 1)
            case UInt8(ascii: "$"):
                guard position == digits.count else { return nil }
                at += 1
            default:
                let set = DigitSet(pattern, at)
                let times = Repetition(pattern, set.next, end)
                var count = 0
                while count < times.most, position + count < digits.count, set.contains(digits[position + count]) {
                    count += 1
                }
                guard count >= times.least else { return nil }
                while count > times.least {
                    if let match = match(times.next, position + count) { return match }
                    count -= 1
                }
                position += count
                at = times.next
            }
        }
        return whole && position != digits.count ? nil : position
    }

    /// Tries the alternatives that begin at `start`, one after the other, each with all that follows them; the whole
    /// pattern is such a group too.
    mutating func matchGroup(_ start: Int, _ position: Int) -> Int? {
        var alternative = start
        while true {
            if let match = match(alternative, position) { return match }
            let next = endOfAlternative(alternative)
            guard next < end else { return nil }
            guard pattern[next] == UInt8(ascii: "|") else {
                let after = skipOptional(next + 1)
                return after > next + 1 ? match(after, position) : nil
            }
            alternative = next + 1
        }
    }

    /// The same for a capturing group, whose number stands at `start`.
    private mutating func matchCapture(_ start: Int, _ position: Int) -> Int? {
        let saved = (groups, open)
        let group = Int(pattern[start] - UInt8(ascii: "1"))
        while groups.count <= group { groups.append(nil) }
        open = (group, position)
        if let match = matchGroup(start + 1, position) { return match }
        (groups, open) = saved
        return nil
    }

    private func skipOptional(_ at: Int) -> Int {
        at < end && pattern[at] == UInt8(ascii: "?") ? at + 1 : at
    }

    /// Where the alternative that begins here ends: at a `|`, at the end of its group or of the pattern.
    private func endOfAlternative(_ start: Int) -> Int {
        var at = start
        var depth = 0
        while at < end {
            switch pattern[at] {
            case UInt8(ascii: "("), UInt8(ascii: "<"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: ">"):
                if depth == 0 { return at }
                depth -= 1
            case UInt8(ascii: "|"):
                if depth == 0 { return at }
            default: break
            }
            at += 1
        }
        return at
    }

    private func endOfGroup(_ start: Int) -> Int {
        var at = endOfAlternative(start)
        while at < end, pattern[at] == UInt8(ascii: "|") { at = endOfAlternative(at + 1) }
        return at
    }
}

/// The digits that one place of a pattern takes.
private struct DigitSet {
    private var bits: UInt16 = 0
    /// Where the pattern goes on.
    let next: Int

    init(_ pattern: UnsafePointer<UInt8>, _ start: Int) {
        let zero = UInt8(ascii: "0")
        switch pattern[start] {
        case UInt8(ascii: "."):
            bits = 0x3FF
            next = start + 1
        case UInt8(ascii: "["):
            var at = start + 1
            while pattern[at] != UInt8(ascii: "]") {
                let low = pattern[at] - zero
                var high = low
                if pattern[at + 1] == UInt8(ascii: "-") {
                    high = pattern[at + 2] - zero
                    at += 2
                }
                bits |= (2 << UInt16(high)) - (1 << UInt16(low))
                at += 1
            }
            next = at + 1
        default:
            bits = 1 << UInt16(pattern[start] - zero)
            next = start + 1
        }
    }

    func contains(_ digit: UInt8) -> Bool { bits >> UInt16(digit & 15) & 1 == 1 }
}

/// How often one place of a pattern repeats.
private struct Repetition {
    var least = 1
    var most = 1
    /// Where the pattern goes on.
    var next: Int

    init(_ pattern: UnsafePointer<UInt8>, _ start: Int, _ end: Int) {
        next = start
        guard start < end else { return }
        if pattern[start] == UInt8(ascii: "?") {
            least = 0
            next = start + 1
        } else if pattern[start] == UInt8(ascii: "{") {
            next = start + 1
            least = number(pattern)
            most = least
            if pattern[next] == UInt8(ascii: ",") {
                next += 1
                most = number(pattern)
            }
            next += 1
        }
    }

    private mutating func number(_ pattern: UnsafePointer<UInt8>) -> Int {
        var value = 0
        while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(pattern[next]) {
            value = value * 10 + Int(pattern[next] - UInt8(ascii: "0"))
            next += 1
        }
        return value
    }
}
