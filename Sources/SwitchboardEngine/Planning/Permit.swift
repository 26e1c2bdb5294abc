public import SwitchboardCore

/// What a plan file lets a run change: changes of one description, so many times.
public struct Permit: Hashable, Sendable, Codable {
    /// The kind, as the plan has it.
    public var kind: String
    /// What it is about, with placeholders for what only the run knows.
    public var subject: String
    /// What it does, likewise.
    public var summary: String
    /// How many numbers one of them buys.
    public var purchases: Int
    /// What they may cost a month; nil where the plan did not know the price.
    public var monthlyCost: Money?
    /// How often.
    public var count: Int

    /// The permits that a plan's changes need.
    static func all(for changes: [PlannedChange]) -> [Permit] {
        let some = SomeNumbers(changes)
        var permits: [Permit] = []
        var places: [Permit: Int] = [:]
        for change in changes {
            let permit = Permit(
                kind: change.kind, subject: some.described(change.subject), summary: some.described(change.summary),
                purchases: change.purchases, monthlyCost: change.monthlyCost, count: 1)
            if let place = places[permit] {
                permits[place].count += 1
            } else {
                places[permit] = permits.count
                permits.append(permit)
            }
        }
        return permits
    }

    /// Whether it lets a change happen, its price aside.
    func covers(_ change: PlannedChange) -> Bool {
        kind == change.kind && Self.fits(change.subject, subject) && Self.fits(change.summary, summary)
    }

    /// Whether a text is the pattern, in which a placeholder stands for one word.
    private static func fits(_ text: String, _ pattern: String) -> Bool {
        if text == pattern { return true }
        let pieces = pattern.split(separator: Placeholder.text, omittingEmptySubsequences: false)
        guard pieces.count > 1, text.hasPrefix(pieces[0]), let last = pieces.last, text.hasSuffix(last) else {
            return false
        }
        var rest = text.dropFirst(pieces[0].count)
        for piece in pieces.dropFirst() {
            let word = rest.prefix { $0 != " " }
            if piece.isEmpty {
                rest = rest.dropFirst(word.count)
            } else {
                guard let found = rest.firstRange(of: piece), found.lowerBound <= word.endIndex else { return false }
                rest = rest[found.upperBound...]
            }
        }
        return rest.isEmpty
    }
}

/// Numbers that stand for any of their search: whichever of it is free when the run comes to it is as good.
struct SomeNumbers: Sendable {
    /// The search by number.
    private(set) var searches: [String: String] = [:]

    init() {}

    init(_ changes: [PlannedChange]) {
        for change in changes {
            guard let search = change.anyOf, let number = change.subject.split(separator: " ").last else { continue }
            searches[String(number)] = search
        }
    }

    mutating func take(_ number: String, of search: String) { searches[number] = search }

    /// A text with such numbers described instead of named.
    func described(_ text: String) -> String {
        if searches.isEmpty || !text.contains("+") { return text }
        return text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            searches[String(word)].map { "<some number of \($0)>" } ?? String(word)
        }.joined(separator: " ")
    }
}
