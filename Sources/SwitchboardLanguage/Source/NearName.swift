/// Guesses which name was meant.
public enum NearName {
    /// The candidate with the smallest edit distance, if it lies within a third of the word's length.
    ///
    /// Inserting, deleting, replacing a character and swapping two neighbours count one each. Of equally near
    /// candidates the first in alphabetical order wins; the word itself is no guess.
    public static func guess(for word: String, among candidates: some Sequence<String>) -> String? {
        guard word.utf8.count <= 120 else { return nil }
        let letters = Array(word.unicodeScalars)
        let limit = letters.count / 3
        guard limit > 0 else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in candidates where candidate != word && candidate.utf8.count <= 240 {
            let others = Array(candidate.unicodeScalars)
            guard abs(others.count - letters.count) <= limit else { continue }
            let distance = distance(letters, others)
            guard distance <= limit else { continue }
            if let known = best, (known.distance, known.name) <= (distance, candidate) { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    /// The guess as a help line, `did you mean 'label'?`.
    public static func help(for word: String, among candidates: some Sequence<String>) -> String? {
        guess(for: word, among: candidates).map { "did you mean '\($0)'?" + (stranger(in: word, beside: $0) ?? "") }
    }

    /// A letter of another script, which may look like the one that belongs there.
    private static func stranger(in word: String, beside guess: String) -> String? {
        guard guess.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let strangers = word.unicodeScalars.filter { !$0.isASCII }
        return strangers.first.map { " the '\(VisibleText.of(String($0)))' in it is \(VisibleText.codePoint($0))" }
    }

    /// Whether one insertion, deletion, replacement or swap makes the one of the other.
    static func isOneSlip(from word: String, to other: String) -> Bool {
        abs(word.utf8.count - other.utf8.count) <= 4
            && distance(Array(word.unicodeScalars), Array(other.unicodeScalars)) == 1
    }

    /// Damerau-Levenshtein distance in which no stretch is edited twice.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return left.count + right.count }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let cost = left[row - 1] == right[column - 1] ? 0 : 1
                var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, beforeLast[column - 2] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
