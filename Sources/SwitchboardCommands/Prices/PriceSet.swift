import FoundationEssentials
import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Writes a price down.
public enum PriceSet: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "price set", summary: "write down what numbers cost at a provider that does not tell, for plans and limits",
        parameters: [
            PriceTable.about[0],
            Parameter(
                "monthly-cost", .positional, .money, isRequired: true, help: "the price of a month, such as 1.15USD"),
        ] + PriceTable.about.dropFirst(),
        input: .none, output: .type(.record(PriceTable.type)), effect: .changes, inverse: "price remove",
        undoing: .refused,
        examples: [
            .init("price set livekit 1.00USD", "every number of livekit's"),
            .init("price set livekit 2.15USD --country US --type toll-free", "the one that says most counts"),
        ])

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let entry = try entry(call)
        return [
            PlannedChange(
                kind: signature.name, subject: PriceTable.words(entry),
                summary: "write down that numbers of \(PriceTable.words(entry)) cost \(entry.monthlyCost) a month",
                undoing: .by("price remove \(entry.provider)"))
        ]
    }

    /// Puts it in the place of the one about the same numbers.
    public static func run(_ call: CommandCall) throws -> Value {
        let entry = try entry(call)
        try PriceTable.change(call.run) { prices in
            prices.removeAll { $0.isAboutSame(as: entry) }
            prices.append(entry)
        }
        return Value(entry)
    }

    private static func entry(_ call: CommandCall) throws -> ListedPrice {
        guard case .money(let cost)? = call["monthly-cost"], cost.amount >= 0 else {
            throw SwitchboardError(.invalidArgument, "'monthly-cost' is a price such as 1.15USD")
        }
        return try PriceTable.entry(call, cost)
    }
}
