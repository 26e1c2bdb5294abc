/// All that decides where a call goes: the trunks, the dispatch rules and the numbers that the platform has sold.
public struct RoutingPicture: Sendable {
    /// A call that comes in.
    public struct Call: Hashable, Sendable {
        /// The caller, as the carrier writes it.
        public var caller: String
        /// The called number, as the carrier writes it.
        public var called: String
        /// The address that the carrier calls from; nil takes it for an allowed one.
        public var sourceAddress: String?
        /// The host in the From header.
        public var fromHost: String?
        /// What the caller keyed in; nil before any PIN was asked for.
        public var pin: String?

        /// Makes a call.
        public init(
            caller: String, called: String, sourceAddress: String? = nil, fromHost: String? = nil, pin: String? = nil
        ) {
            self.caller = caller
            self.called = called
            self.sourceAddress = sourceAddress
            self.fromHost = fromHost
            self.pin = pin
        }
    }

    /// The trunks of both directions.
    public var trunks: [SIPTrunk]
    /// The dispatch rules.
    public var rules: [DispatchRule]
    /// The numbers that the platform has sold; each is a trunk of its own by its id.
    public var numbers: [RoutedNumber]

    /// Makes a picture.
    public init(trunks: [SIPTrunk] = [], rules: [DispatchRule] = [], numbers: [RoutedNumber] = []) {
        self.trunks = trunks
        self.rules = rules
        self.numbers = numbers
    }

    /// The numbers that come in by ids of their own.
    var sold: [RoutedNumber] {
        let ids = Set(trunks.map(\.id))
        return numbers.filter { !ids.contains($0.inboundID) }
    }

    /// The inbound trunks that calls to a number may come in by: those that list it, else those for every number.
    ///
    /// Callers and addresses are left aside; of several trunks LiveKit chooses by them, or refuses the call.
    public func entrances(of number: E164) -> [SIPTrunk] {
        let inbound = trunks.filter { $0.direction == .inbound && $0.isFor(number.text) }
        let listing = inbound.filter { !$0.isCatchAll }
        return listing.isEmpty ? inbound : listing
    }

    /// Tells what LiveKit does with a call and why, without asking it (contract section 4.7).
    public func explain(_ call: Call) -> CallExplanation {
        let entrance = Entrance(of: call, in: self)
        guard entrance.ambiguity == nil else {
            var explanation = CallExplanation(.rejected, entrance.ambiguity ?? "")
            explanation.considered = entrance.steps
            return explanation
        }
        let choice = RuleChoice(of: call, by: entrance, in: self)
        var explanation =
            choice.rule.map { rule in
                CallExplanation(call, by: entrance, rule: rule)
            } ?? CallExplanation(.rejected, choice.refusal)
        explanation.trunkID = entrance.id
        explanation.trunkName = entrance.name
        explanation.considered = entrance.steps + choice.steps
        return explanation
    }
}
