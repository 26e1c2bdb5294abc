import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// Making exactly one trunk or dispatch rule.
struct RoutedCreateEffect<Thing: Routed>: Effect {
    /// The kind, `trunk-create`.
    static var kind: String { "\(Thing.word)-create" }

    /// What it is to say; its secrets are kept apart.
    let thing: Thing
    let secrets: [String: SecretReference]
    /// The id that it has in the ledger from now on, whoever writes that.
    let rowID: String?
    /// Whether that row is there already, with the other direction's half.
    var isSecondHalf: Bool?

    /// The text `trunk create main`.
    var subject: String { "\(Thing.word) create \(thing.name.isEmpty ? thing.traits : thing.name)" }

    /// One trunk, or none for a rule and for what joins a trunk that has its place.
    var slots: Intent.Slots { isSecondHalf == true ? Intent.Slots() : Thing.slots }

    /// What it does.
    var summary: String { "make \(thing.title)" }

    /// Makes it, unless another process was quicker since it was looked for.
    func perform(in world: EffectWorld) async throws -> RoutedOutcome<Thing> {
        let (routing, wanted) = (try world.routing(), try wanted(in: world))
        if let found = try await found(wanted, at: routing) {
            var outcome = await world.outcome(of: found)
            outcome.wasThere = !world.isRepeated
            return outcome
        }
        return await world.outcome(of: try await wanted.create(at: routing, key: world.key))
    }

    /// What it would lead to: a plan's providers keep what they are asked to themselves.
    func foresee(in world: EffectWorld) async throws -> RoutedOutcome<Thing> { try await perform(in: world) }

    /// Asks whether there is one that says the same; before the intent was written there was none.
    func reconcile(in world: EffectWorld) async throws -> Settlement<RoutedOutcome<Thing>> {
        guard let found = try await found(wanted(in: world), at: world.routing()) else { return .notDone }
        return .done(await world.outcome(of: found))
    }

    private func wanted(in world: EffectWorld) throws -> Thing {
        var wanted = thing
        try wanted.document.take(secrets, from: world)
        return wanted
    }

    private func found(_ wanted: Thing, at routing: any CallRouting) async throws -> Thing? {
        try await Thing.all(at: routing).first { wanted.means($0) }
    }

    /// A row for a trunk, and the numbers as they are routed now.
    func changes(_ outcome: RoutedOutcome<Thing>, in world: EffectWorld) throws -> [LedgerChange] {
        try Thing.ledgerChanges(from: nil, to: outcome.thing, rowID: rowID, in: world)
            + world.changes(of: outcome.numbers)
    }

    /// Deleting it, unless somebody else has made it.
    func inverse(of outcome: RoutedOutcome<Thing>) -> Inverse {
        if outcome.wasThere == true { return .unneeded }
        guard let thing = outcome.thing else { return .none(because: "nobody knows its id") }
        return .effect(RoutedDeleteEffect(thing: thing))
    }

    /// It and its row.
    func things(of outcome: RoutedOutcome<Thing>) -> Set<String> {
        Set([outcome.thing?.id, rowID].compactMap { $0 })
    }

    /// What it names.
    func uses(of outcome: RoutedOutcome<Thing>) -> Set<String> { Set(outcome.thing?.numberIDs ?? []) }

    /// Whether it says what it was made to say and carries no number of the workspace.
    func standing(of outcome: RoutedOutcome<Thing>, in world: EffectWorld) async throws -> Standing {
        guard let thing = outcome.thing else { return .asLeft }
        if let number = try world.held([thing.id]).first { return .changed("\(number.e164) is on it") }
        return try await world.standing(of: thing)
    }
}
