/// What a call comes in by: a number that the platform has sold, a trunk, or nothing.
struct Entrance {
    /// Its id; nil where nothing takes the call.
    private(set) var id: String?
    /// Its name, or the number.
    private(set) var name: String?
    /// Why LiveKit refuses the call, where it cannot choose.
    private(set) var ambiguity: String?
    /// Why the trunk that is for the number, or for every number, does not take the call.
    private(set) var mistake: String?
    /// What was said of every number and trunk.
    private(set) var steps: [CallExplanation.Step] = []
    /// What was taken for granted.
    private(set) var notes: [String] = []

    init(of call: RoutingPicture.Call, in picture: RoutingPicture) {
        let number = picture.sold.first { RoutingNumber.compared(call.called) == $0.e164.text }
        let inbound = picture.trunks.filter { $0.direction == .inbound }
        let refusals = inbound.map { $0.refusal(of: call) }
        let open = zip(inbound, refusals).filter { $0.1 == nil }.map(\.0)
        let hits = open.filter { !$0.isCatchAll }
        let fallbacks = open.filter(\.isCatchAll)
        let rivals = number != nil ? [] : hits.isEmpty ? fallbacks : hits
        let near = zip(inbound, refusals).filter { $0.1 != nil && $0.0.isFor(call.called) }
        mistake = near.min { !$0.0.isCatchAll && $1.0.isCatchAll }.map { "\($0.0.title) does not: \($0.1 ?? "")" }

        if let number {
            (id, name) = (number.inboundID, number.e164.text)
        } else if rivals.count == 1, let trunk = rivals.first, let twice = trunk.twice(call.called) {
            ambiguity = "\(trunk.title) lists \(twice), and LiveKit takes it for two trunks and refuses the call"
        } else if rivals.count == 1, let trunk = rivals.first {
            (id, name) = (trunk.id, trunk.name)
            noteSource(of: call, trunk)
        } else if rivals.count > 1 {
            let titles = RoutingText.list(rivals.map(\.title))
            let what = hits.isEmpty ? "every number, and none is for it alone" : RoutingText.shown(call.called)
            ambiguity =
                "\(titles) take the calls of this caller to \(what), and LiveKit refuses a call that it cannot place"
        }
        steps = number.map { [Self.step($0)] } ?? []
        for trunk in picture.trunks { steps.append(step(trunk, call, number, hits)) }
    }

    private mutating func noteSource(of call: RoutingPicture.Call, _ trunk: SIPTrunk) {
        if call.sourceAddress == nil, trunk.allowedAddresses.contains(where: { AllowedAddress($0) != .ignored }) {
            notes.append("it is taken to come from one of the addresses that \(trunk.title) allows")
        }
        if !trunk.authUsername.isEmpty {
            notes.append("the carrier has to give the user name and password of the trunk")
        }
    }

    private static func step(_ number: RoutedNumber) -> CallExplanation.Step {
        .init(what: "number", id: number.inboundID, name: number.e164.text, verdict: "takes it")
    }

    private func step(
        _ trunk: SIPTrunk, _ call: RoutingPicture.Call, _ number: RoutedNumber?, _ hits: [SIPTrunk]
    ) -> CallExplanation.Step {
        let verdict =
            if trunk.direction == .outbound {
                "skipped: calls go out by it"
            } else if let refusal = trunk.refusal(of: call) {
                "skipped: \(refusal)"
            } else if number != nil {
                "skipped: the number is one that LiveKit has sold, and comes in by its own id"
            } else if trunk.isCatchAll, let hit = hits.first {
                "skipped: it takes every number, and \(hit.title) is for this one"
            } else {
                ambiguity == nil ? "takes it" : "takes it, and not once only"
            }
        return .init(what: "trunk", id: trunk.id, name: trunk.name, verdict: verdict)
    }
}

extension SIPTrunk {
    /// Why an inbound trunk does not take the call; nil where it does.
    func refusal(of call: RoutingPicture.Call) -> String? {
        callerRefusal(call) ?? sourceRefusal(call) ?? numberRefusal(call)
    }

    /// Whether calls to that number come in by it, callers and addresses aside.
    func isFor(_ called: String) -> Bool { numbers.isEmpty || numbers.holds(called) }

    /// The number in words where the trunk lists it more than once.
    fileprivate func twice(_ called: String) -> String? {
        let hits = numbers.filter { [$0].holds(called) }
        return hits.count > 1 ? "\(RoutingText.list(hits)), one number" : nil
    }

    private func callerRefusal(_ call: RoutingPicture.Call) -> String? {
        guard !allowedNumbers.isEmpty, !allowedNumbers.holds(call.caller) else { return nil }
        let mistake =
            allowedNumbers.holds(call.called) ? " (it lists the called number, but allowed_numbers are callers)" : ""
        return "its allowed_numbers are \(RoutingText.list(allowedNumbers))\(mistake)"
    }

    private func sourceRefusal(_ call: RoutingPicture.Call) -> String? {
        let entries = allowedAddresses.map(AllowedAddress.init).filter { $0 != .ignored }
        guard !entries.isEmpty, let text = call.sourceAddress, let source = IPAddress(text) else { return nil }
        let isAllowed = entries.contains { $0.admits(source, host: call.fromHost) }
        return isAllowed ? nil : "it allows no calls from \(text)"
    }

    private func numberRefusal(_ call: RoutingPicture.Call) -> String? {
        guard !numbers.isEmpty, !numbers.holds(call.called) else { return nil }
        return "its numbers are \(RoutingText.list(numbers))"
    }
}

extension [String] {
    /// Whether a number is among them, as LiveKit compares the numbers of trunks.
    func holds(_ number: String) -> Bool {
        contains { $0 == number || RoutingNumber.compared($0) == RoutingNumber.compared(number) }
    }
}
