public import SwitchboardCore

/// A misfortune that an emulator brings about on demand.
public struct Fault: Hashable, Sendable {
    /// What goes wrong.
    public typealias Kind = FaultKind

    /// On which side of the effect it strikes.
    public typealias Moment = FaultMoment

    /// Its name among the switches.
    public var id: String
    /// What goes wrong.
    public var kind: Kind
    /// The operation that it strikes, or `*` for all.
    public var method: String
    /// The phone number that it strikes; nil for all.
    public var number: String?
    /// The vendor's id of the only account that it strikes, where the emulator has several; nil for all.
    public var account: String?
    /// How many more times it strikes; nil for ever.
    public var times: Int?
    /// The `Retry-After` that its answer carries, in seconds.
    public var retryAfter: Int?
    /// How long it waits, in milliseconds.
    public var delay: Int
    /// On which side of the effect it strikes; nil for what is usual for its kind.
    public var when: Moment?
    /// The vendor's code that a `server_error` answers; nil for its usual one.
    public var code: String?

    /// Reads a fault as the admin path takes it; throws `SeedRefusal` with the sentence that says what is wrong.
    public init(id: String = "", json: JSON) throws(SeedRefusal) {
        self.id = id
        let known = ["id", "method", "number", "account", "fault", "times", "retry_after", "delay_ms", "when", "code"]
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
        if let number, E164(number) == nil { throw SeedRefusal("'number' is a number in E.164 form") }
        account = try Self.text("account", json)
        times = try Self.count("times", json, FaultLimits.times)
        retryAfter = try Self.count("retry_after", json, FaultLimits.retryAfter)
        delay = try Self.count("delay_ms", json, FaultLimits.delay) ?? (kind == .slow ? 1000 : 0)
        let moment = try Self.text("when", json)
        when = moment.flatMap(Moment.init)
        if moment != nil, when == nil { throw SeedRefusal("'when' is before or after") }
        code = try Self.text("code", json)
        if code != nil, kind != .serverError { throw SeedRefusal("'code' goes with server_error") }
    }

    /// Throws `SeedRefusal` where the switch would never strike: the emulator has no such operation, or the kind means
    /// nothing there.
    func requirePlace(among operations: [String: Set<Kind>]) throws(SeedRefusal) {
        if operations.isEmpty { return }
        let places = operations.filter { Kind.general.contains(kind) || $0.value.contains(kind) }.keys.sorted()
        if method == "*" ? !places.isEmpty : places.contains(method) { return }
        if method == "*" || operations[method] != nil {
            throw SeedRefusal("'\(kind.rawValue)' means nothing in \(method)", expected: places)
        }
        throw SeedRefusal("there is no method '\(method)'", expected: operations.keys.sorted())
    }

    /// Throws `SeedRefusal` where the account that the switch names is none of the emulator's.
    func requireAccount(among accounts: [String]) throws(SeedRefusal) {
        guard let account, !accounts.contains(account) else { return }
        throw SeedRefusal("there is no account '\(account)'", expected: accounts)
    }

    /// The fault as the admin path shows it.
    public var json: JSON {
        [
            "id": .string(id), "fault": .string(kind.rawValue), "method": .string(method),
            "number": .optional(number), "account": .optional(account), "times": times.map { .integer($0) } ?? .null,
            "retry_after": retryAfter.map { .integer($0) } ?? .null, "delay_ms": .integer(delay),
            "when": .optional(when?.rawValue), "code": .optional(code),
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
