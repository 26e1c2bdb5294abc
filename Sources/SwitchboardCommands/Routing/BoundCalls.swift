import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

/// The calls to numbers that are bound to agents, which no change of the routing takes away unasked.
enum BoundCalls {
    /// The flag of commands that make and change.
    static let replace = Parameter(
        "replace", .toggle, .bool, help: "also where calls to a bound number do not reach its agent any more then")
    /// The flag of commands that delete.
    static let force = Parameter(
        "force", .toggle, .bool, help: "also where calls to a bound number reach its agent by it")

    /// Throws `conflict` where a call to a bound number, among those that the changed things concern, reaches its agent
    /// before a change and does not any more after it.
    static func require(
        _ concerned: (RoutedNumber) -> Bool, from before: RoutingPicture, to after: RoutingPicture, by flag: Parameter,
        _ call: CommandCall
    ) throws {
        if call.isSet(flag.name) || call.isSet(force.name) { return }
        let run = call.run
        let trunks = try run.store.trunks(profile: run.profile)
        let lost = try run.store.numbers(profile: run.profile).filter { number in
            guard number.agentID != nil, concerned(RoutedNumber(number, trunks: trunks)) else { return false }
            let call = before.call(to: number.e164)
            let taker = before.explain(call).taker
            return taker != nil && after.explain(call).taker != taker
        }
        guard let first = lost.first, let agent = first.agentID else { return }
        let others = lost.count > 1 ? ", nor those to \(lost.count - 1) more bound numbers theirs" : ""
        throw SwitchboardError(
            .conflict,
            "calls to \(first.e164) would not reach \(try run.agentName(agent)) any more, to which it is bound\(others)",
            help: "nothing was changed; give --\(flag.name) to do it all the same")
    }
}

extension RoutingPicture {
    /// A call to a number as its trunk lets it in.
    fileprivate func call(to number: E164) -> Call {
        Call(caller: entrances(of: number).first?.allowedNumbers.first ?? "anonymous", called: number.text)
    }

    /// The picture with a thing that was made, changed or deleted.
    func with<Thing: Routed>(_ thing: Thing?, insteadOf old: [Thing] = []) -> RoutingPicture {
        var after = self
        after[keyPath: Thing.list].removeAll { thing in old.contains { $0.id == thing.id } }
        if let thing { after[keyPath: Thing.list].append(thing) }
        return after
    }
}

extension CallExplanation {
    /// The agents that take the call, without a question; nil where nobody does.
    fileprivate var taker: [String]? {
        outcome == .answered && !asksForPin && !agents.isEmpty ? agents.map(\.dispatchName) : nil
    }
}
