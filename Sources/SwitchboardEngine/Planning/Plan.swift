public import SwitchboardCore

/// What a script would change, as far as it can be told before it runs.
public struct Plan: Sendable {
    /// The script's name.
    public var script = ""
    /// The profile's name.
    public var profile = ""
    /// The changes in the order in which the run would make them.
    public var changes: [PlannedChange] = []
    /// What is decided only in the run, with its place; both ways of it are planned.
    public var open: [PlanRemark] = []
    /// What else the run would tell, such as rows that fail and numbers that stop working.
    public var remarks: [PlanRemark] = []
    /// How many numbers the workspace holds.
    public var numbers = PlannedHolding(before: 0, after: 0, cap: 0)
    /// How many trunks.
    public var trunks = PlannedHolding(before: 0, after: 0, cap: 0)

    /// Makes an empty plan.
    public init() {}
}

/// A remark about a place of the script.
public struct PlanRemark: Hashable, Sendable, Codable {
    /// Such as `sites.swb:5:9`.
    public var place: String
    /// The remark, in one sentence without a period.
    public var text: String

    /// Makes a remark.
    public init(place: String, text: String) {
        self.place = place
        self.text = text
    }
}

/// What the workspace holds now, and would hold after the run.
public struct PlannedHolding: Hashable, Sendable, Codable {
    /// Now.
    public var before: Int
    /// After the run.
    public var after: Int
    /// The most that it may hold.
    public var cap: Int

    /// Makes holdings.
    public init(before: Int, after: Int, cap: Int) {
        self.before = before
        self.after = after
        self.cap = cap
    }
}

extension Plan {
    /// How many changes of each kind every provider is asked for; the workspace's own have an empty name.
    public var counts: [(provider: String, kinds: [(kind: String, count: Int)])] {
        let byProvider = Dictionary(grouping: changes) { $0.provider ?? "" }
        return byProvider.keys.sorted().map { name in
            let byKind = Dictionary(grouping: byProvider[name] ?? [], by: \.kind)
            return (name, byKind.keys.sorted().map { ($0, byKind[$0]?.count ?? 0) })
        }
    }

    /// How many numbers are bought at most.
    public var purchases: Int { changes.reduce(0) { $0 + $1.purchases } }

    /// How many of them have a price that nobody knows.
    public var unpriced: Int { changes.filter { $0.monthlyCost == nil }.reduce(0) { $0 + $1.purchases } }

    /// What the others cost a month at most, an amount of each currency.
    public var monthlyCost: [Money] {
        changes.filter { $0.purchases > 0 }.compactMap(\.monthlyCost).reduce(into: []) { sums, cost in
            if let place = sums.firstIndex(where: { $0.currency == cost.currency }), let sum = try? sums[place] + cost {
                sums[place] = sum
            } else {
                sums.append(cost)
            }
        }
    }

    /// What nothing takes back, each once, with the reason.
    public var irreversible: [(summary: String, reason: String)] {
        changes.compactMap { change in
            if case .never(let reason) = change.undoing { (change.summary, reason) } else { nil }
        }
    }
}
