public import SwitchboardEngine
public import SwitchboardLanguage

/// Lists the prices that a profile has written down.
public enum PriceList: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "price list", summary: "list what the profile says that numbers cost where their provider does not tell",
        output: .type(.list(.record(PriceTable.type))), effect: .reads,
        examples: [.init("price list", "the profile's price table", setUp: "price set livekit 1.00USD")])

    /// Lists in the order in which they were set.
    public static func run(_ call: CommandCall) throws -> Value { .list(try call.run.listedPrices.map { Value($0) }) }
}
