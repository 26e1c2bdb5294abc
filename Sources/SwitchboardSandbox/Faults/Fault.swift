public import SwitchboardCore

/// A misfortune that an emulator brings about on demand.
public struct Fault: Hashable, Sendable {
    /// What goes wrong.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A purchase answers that somebody else has the number.
        case taken
        /// The vendor's answer for too many requests.
        case rateLimited = "rate_limited"
        /// The vendor's answer for its own failure.
        case serverError = "server_error"
        /// The effect happens and the connection closes without an answer.
        case lostAnswer = "lost_answer"
        /// The answer takes its time.
        case slow
        /// The answer's body is cut short.
        case malformed
        /// A change of a number is refused for no reason given.
        case refusedUpdate = "refused_update"
        /// A listing never says that it is complete.
        case endless
        /// The first half of the effect happens, then the vendor fails.
        case halfDone = "half_done"
    }

    /// On which side of the effect it strikes.
    public enum Moment: String, Hashable, Sendable, CaseIterable {
        /// Before: the effect does not happen, unless the fault is only a delay.
        case before
        /// After: the effect has happened.
        case after
    }

    /// Its name among the switches.
    public var id: String
    /// What goes wrong.
    public var kind: Kind
    /// The operation that it strikes, or `*` for all.
    public var method: String
    /// The phone number that it strikes; nil for all.
    public var number: String?
    /// How many more times it strikes; nil for ever.
    public var times: Int?
    /// The `Retry-After` that its answer carries, in seconds.
    public var retryAfter: Int?
    /// How long it waits, in milliseconds.
    public var delay: Int
    /// On which side of the effect it strikes; nil for what is usual for its kind.
    public var when: Moment?

    /// Reads a fault as the admin path takes it; throws `SeedRefusal` with the sentence that says what is wrong.
    public init(id: String, json: JSON) throws(SeedRefusal) {
        self.id = id
        let known = ["id", "method", "number", "fault", "times", "retry_after", "delay_ms", "when"]
        guard let members = json.members else { throw SeedRefusal("a fault is an object") }
        if let stranger = members.first(where: { !known.contains($0.name) }) {
            throw SeedRefusal("a fault has no '\(stranger.name)'; it has \(known.dropFirst().joined(separator: ", "))")
        }
        guard let kind = json["fault"]?.text.flatMap(Kind.init) else {
            throw SeedRefusal("'fault' is one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.kind = kind
        method = try Self.text("method", json) ?? "*"
        number = try Self.text("number", json)
        times = try Self.count("times", json, 1...1_000_000)
        retryAfter = try Self.count("retry_after", json, 0...86_400)
        delay = try Self.count("delay_ms", json, 0...600_000) ?? (kind == .slow ? 1000 : 0)
        let moment = try Self.text("when", json)
        when = moment.flatMap(Moment.init)
        if moment != nil, when == nil { throw SeedRefusal("'when' is before or after") }
    }

    /// The fault as the admin path shows it.
    public var json: JSON {
        [
            "id": .string(id), "fault": .string(kind.rawValue), "method": .string(method),
            "number": .optional(number), "times": times.map { .integer($0) } ?? .null,
            "retry_after": retryAfter.map { .integer($0) } ?? .null, "delay_ms": .integer(delay),
            "when": .optional(when?.rawValue),
        ]
    }

    private static func text(_ name: String, _ json: JSON) throws(SeedRefusal) -> String? {
        switch json[name] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw SeedRefusal("'\(name)' is a text")
        }
    }

    private static func count(
        _ name: String, _ json: JSON, _ range: ClosedRange<Int>
    ) throws(SeedRefusal) -> Int? {
        guard let value = json[name], value != .null else { return nil }
        guard let count = value.integer, range.contains(count) else {
            throw SeedRefusal("'\(name)' is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return count
    }
}
