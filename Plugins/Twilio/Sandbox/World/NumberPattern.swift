/// A pattern of digits as searches take it: `*` for one digit, `%` for any run, letters as on a keypad.
struct NumberPattern: Sendable {
    private enum Part: Hashable {
        case digit(Character)
        case one
        case run
    }

    private let parts: [Part]
    private let isAtStart: Bool
    private let isAtEnd: Bool

    /// The pattern of `Contains`: 2 to 16 characters, at least two of them no wildcards, wildcards only at the ends.
    init(contains text: String) throws(TwilioError) {
        let fixed = text.filter { $0.isNumber || $0.isLetter }
        let middle = text.drop { "+*%".contains($0) }.reversed().drop { "$*%".contains($0) }
        guard (2...16).contains(text.count), fixed.count >= 2, middle.allSatisfy({ $0.isNumber || $0.isLetter }) else {
            throw TwilioError(20001, "Contains has at least two digits, and wildcards only at its ends.")
        }
        self.init(text)
    }

    /// The pattern of a number that is looked for among those that an account has.
    init(part text: String) { self.init(text) }

    private init(_ text: String) {
        isAtStart = text.hasPrefix("+")
        isAtEnd = text.hasSuffix("$")
        parts = text.compactMap { letter in
            switch letter {
            case "*": .one
            case "%": .run
            case let letter where letter.isASCII && (letter.isNumber || letter.isLetter): .digit(Self.key(letter))
            default: nil
            }
        }
    }

    /// Whether the number, in E.164 form, has the pattern in it.
    func matches(_ e164: String) -> Bool {
        let digits = Array(e164.dropFirst())
        let starts = isAtStart ? 0...0 : 0...digits.count
        return starts.contains { match(parts[...], digits[$0...]) }
    }

    private func match(_ parts: ArraySlice<Part>, _ digits: ArraySlice<Character>) -> Bool {
        guard let part = parts.first else { return !isAtEnd || digits.isEmpty }
        let rest = parts.dropFirst()
        switch part {
        case .run: return (digits.startIndex...digits.endIndex).contains { match(rest, digits[$0...]) }
        case .one: return !digits.isEmpty && match(rest, digits.dropFirst())
        case .digit(let digit): return digits.first == digit && match(rest, digits.dropFirst())
        }
    }

    /// The digit of a letter's key.
    private static func key(_ letter: Character) -> Character {
        let keys =
            [
                "abc": "2", "def": "3", "ghi": "4", "jkl": "5", "mno": "6", "pqrs": "7", "tuv": "8", "wxyz": "9",
            ] as [String: Character]
        return keys.first { $0.key.contains(letter.lowercased()) }?.value ?? letter
    }
}
