public import SwitchboardCore

extension Plan {
    /// The plan for programs: changes, counts, cost, holdings, what stays open and what cannot be undone.
    public var json: JSON {
        [
            "script": .string(script), "profile": .string(profile),
            "changes": .array(changes.map(\.json)),
            "providers": .object(
                counts.filter { !$0.provider.isEmpty }.map { .init($0.provider, Self.json($0.kinds)) }),
            "workspace": Self.json(counts.first { $0.provider.isEmpty }?.kinds ?? []),
            "cost": [
                "purchases": .integer(purchases), "monthly": .strings(monthlyCost.map(\.description)),
                "unknown": .integer(unpriced),
            ],
            "numbers": numbers.json, "trunks": trunks.json,
            "open": .array(open.map(\.json)), "remarks": .array(remarks.map(\.json)),
            "irreversible": .array(
                irreversible.map { ["summary": .string($0.summary), "reason": .string($0.reason)] }),
        ]
    }

    private static func json(_ kinds: [(kind: String, count: Int)]) -> JSON {
        .object(kinds.map { .init($0.kind, .integer($0.count)) })
    }
}

extension PlannedChange {
    fileprivate var json: JSON {
        [
            "place": .string(place), "within": .strings(within), "conditional": .bool(isConditional),
            "kind": .string(kind), "subject": .string(subject), "summary": .string(summary),
            "provider": .optional(provider), "purchases": .integer(purchases),
            "monthly_cost": .optional(monthlyCost?.description), "any_of": .optional(anyOf), "undo": undoing.json,
        ]
    }
}

extension PlannedUndoing {
    fileprivate var json: JSON {
        switch self {
        case .by(let words): ["by": .string(words)]
        case .never(let reason): ["never": .string(reason)]
        case .unneeded: .null
        }
    }
}

extension PlanRemark {
    fileprivate var json: JSON { ["place": .string(place), "text": .string(text)] }
}

extension PlannedHolding {
    fileprivate var json: JSON { ["now": .integer(before), "after": .integer(after), "cap": .integer(cap)] }
}
