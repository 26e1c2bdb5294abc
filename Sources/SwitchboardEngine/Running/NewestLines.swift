/// The newest of many lines and how many there were, in the memory that a few take.
struct NewestLines: Sendable {
    private static let most = 20

    private var newest: [String] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ line: String) {
        if newest.count == Self.most { newest.removeFirst() }
        newest.append(line)
        count += 1
    }

    mutating func append(_ others: NewestLines) {
        others.newest.forEach { append($0) }
        count += others.count - others.newest.count
    }

    /// Those behind the first so many; in front of them how many `things` are left out.
    func told(_ things: String, since earlier: Int = 0) -> [String] {
        let left = count - earlier - newest.count
        return left > 0 ? ["\(left) more \(things)"] + newest : Array(newest.suffix(count - earlier))
    }
}
