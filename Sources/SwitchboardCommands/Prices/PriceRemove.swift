import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Takes a price out of the profile's table.
public enum PriceRemove: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "price remove",
        summary: "forget what price set has written down; the price is unknown then, which is never zero",
        parameters: PriceTable.about, input: .none, output: .type(.record(PriceTable.type)), effect: .changes,
        inverse: "price set", undoing: .refused,
        examples: [.init("price remove livekit", "its numbers have no known price", setUp: "price set livekit 1.00USD")]
    )

    /// What it would change.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let entry = try found(call)
        let words = PriceTable.words(entry)
        return [
            PlannedChange(
                kind: signature.name, subject: words, summary: "forget what numbers of \(words) cost",
                undoing: .by("price set \(entry.provider) \(entry.monthlyCost)"))
        ]
    }

    /// Removes it; returns what it was.
    public static func run(_ call: CommandCall) throws -> Value {
        let entry = try found(call)
        try PriceTable.change(call.run) { prices in prices.removeAll { $0 == entry } }
        return Value(entry)
    }

    private static func found(_ call: CommandCall) throws -> ListedPrice {
        let prices = try call.run.listedPrices
        let wanted = try prices.first { try $0.isAboutSame(as: PriceTable.entry(call, $0.monthlyCost)) }
        if let wanted { return wanted }
        throw SwitchboardError(
            .notFound, "profile '\(call.run.profile)' has no price of that", help: "price list shows those that it has")
    }
}
