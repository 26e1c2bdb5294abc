/// The choice of the dispatch rule for a call that has come in.
struct RuleChoice {
    /// The rule that takes the call.
    private(set) var rule: DispatchRule?
    /// Why there is none.
    private(set) var refusal = ""
    /// What was said of every rule.
    private(set) var steps: [CallExplanation.Step] = []

    init(of call: RoutingPicture.Call, by entrance: Entrance, in picture: RoutingPicture) {
        let known = Set(picture.trunks.map(\.id) + picture.numbers.map(\.inboundID))
        let verdicts = picture.rules.map { RuleRefusal(of: $0, call, by: entrance, known: known) }
        let takers = zip(picture.rules, verdicts).filter { $0.1 == nil }.map(\.0)
        let specific = takers.filter { !$0.isCatchAll }
        let best = (specific.isEmpty ? takers : specific).enumerated()
            .min { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }?.element
        rule = best
        if best == nil { refusal = Self.refusal(call, entrance, verdicts.compactMap(\.self)) }
        for (rule, verdict) in zip(picture.rules, verdicts) {
            let words = verdict.map { "skipped: \($0.reason)" } ?? Self.words(rule, best)
            steps.append(.init(what: "rule", id: rule.id, name: rule.name, verdict: words))
        }
    }

    private static func words(_ rule: DispatchRule, _ best: DispatchRule?) -> String {
        guard let best, best != rule else { return "takes it" }
        let why =
            if rule.isCatchAll, !best.isCatchAll {
                "names the trunk"
            } else if rule.rank.priority != best.rank.priority {
                best.rank.advantage(over: rule.rank)
            } else {
                "has the same precedence and comes first by its room"
            }
        return "skipped: \(best.title) \(why)"
    }

    private static func refusal(
        _ call: RoutingPicture.Call, _ entrance: Entrance, _ refusals: [RuleRefusal]
    ) -> String {
        let place = entrance.id.map { "comes in by \(RoutingText.shown($0)), and" } ?? "is taken by no trunk, and"
        let missing = refusals.isEmpty ? "there is no dispatch rule" : "no dispatch rule takes it"
        let mistake = refusals.first { $0.mistake != nil }?.mistake
        let ofTrunk = entrance.id == nil ? entrance.mistake : nil
        let hint = ofTrunk ?? mistake ?? (entrance.id == nil && !call.called.hasPrefix("+") ? noPlus(call) : nil)
        return "the call \(place) \(missing), so LiveKit drops it as flood" + (hint.map { ": \($0)" } ?? "")
    }

    private static func noPlus(_ call: RoutingPicture.Call) -> String {
        "the called number '\(RoutingText.shown(call.called))' has no '+'"
    }
}

/// Why a rule does not take a call.
struct RuleRefusal {
    /// The reason, after `skipped: `.
    private(set) var reason = ""
    /// A typical mistake that it comes from, as a sentence about the rule.
    private(set) var mistake: String?

    /// Finds the reason; nil where the rule takes the call.
    init?(
        of rule: DispatchRule, _ call: RoutingPicture.Call, by entrance: Entrance, known: Set<String>
    ) {
        if !rule.callers.isEmpty, !rule.callers.contains(call.caller) {
            refuse(rule, "inbound_numbers", rule.callers, "caller", call.caller)
            if rule.callers.holds(call.called), !rule.callers.holds(call.caller) {
                mistake = "\(rule.title) lists the called number in inbound_numbers, which are callers"
            }
        } else if !rule.called.isEmpty, !rule.called.contains(call.called) {
            refuse(rule, "numbers", rule.called, "called number", call.called)
        } else if rule.kind == nil {
            reason = "it says nothing of the room that this program knows"
        } else if let pin = call.pin, !pin.isEmpty, rule.pin?.reveal() != pin {
            reason = rule.hasPin ? "its PIN is another" : "it has no PIN, and one was keyed in"
        } else if !rule.isCatchAll, !rule.trunkIDs.contains(where: { $0 == entrance.id }) {
            reason = "its trunk_ids are \(RoutingText.list(rule.trunkIDs))"
            let gone = rule.trunkIDs.filter { !known.contains($0) }
            guard !gone.isEmpty else { return }
            let absence = gone.count == 1 ? "does not exist" : "do not exist"
            reason += ", of which \(RoutingText.list(gone)) \(absence)"
            if gone.count == rule.trunkIDs.count {
                mistake = "\(rule.title) is for \(RoutingText.list(gone)), which \(absence)"
            }
        } else {
            return nil
        }
    }

    /// Refuses by a list of numbers, which LiveKit compares letter by letter.
    private mutating func refuse(
        _ rule: DispatchRule, _ field: String, _ list: [String], _ what: String, _ number: String
    ) {
        reason = "its \(field) are \(RoutingText.list(list))"
        guard list.holds(number) else { return }
        let shown = RoutingText.shown(number)
        mistake = "\(field) of \(rule.title) is compared letter by letter, and the \(what) came as '\(shown)'"
        reason += ", compared letter by letter with '\(shown)'"
    }
}

extension DispatchRule {
    /// The place of a rule among those that would take a call; the smallest is chosen.
    struct Rank: Comparable {
        /// Fewer points come first: a PIN saves 100, a list of callers or of called numbers 1000 each.
        let priority: Int
        /// The room's name or the beginning of it, which decides where the points are even.
        let room: String
        fileprivate let hasPin: Bool
        fileprivate let lists: Int

        static func < (left: Rank, right: Rank) -> Bool {
            left.priority != right.priority
                ? left.priority < right.priority
                : left.room.utf8.lexicographicallyPrecedes(right.room.utf8)
        }

        /// What the better of two ranks has that the other lacks.
        func advantage(over other: Rank) -> String {
            if lists > other.lists { return "names more exactly who calls whom" }
            return hasPin && !other.hasPin ? "has a PIN" : "is of a kind that comes first"
        }
    }

    /// Its place among the rules that would take a call.
    var rank: Rank {
        let kinds: [Kind] = [.direct, .individual, .callee]
        let lists = [callers, called].count { !$0.isEmpty }
        let points = (kind.flatMap(kinds.firstIndex) ?? kinds.count) + (hasPin ? 0 : 100) + 1000 * (2 - lists)
        return Rank(priority: points, room: room, hasPin: hasPin, lists: lists)
    }
}
