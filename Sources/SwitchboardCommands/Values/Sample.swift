import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Takes N items at random.
///
/// Of numbers for sale it claims what it takes, as `first` does. The seed decides the order, so that a script that is
/// run again, planned or resumed reaches for the same items.
public enum Sample: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "sample", summary: "take N items at random, the same ones for the same seed",
        parameters: [
            Parameter("count", .positional, .int, isRequired: true, help: "how many, as far as there are so many"),
            Parameter("seed", .flag, .int, isRequired: true, help: "any whole number; another one takes others"),
        ],
        input: .whole, output: .computed(sampled),
        examples: [
            .init("[3 1 2] | sample 2 --seed 7", "two of the three"),
            .init("search livekit --area-code 415 | sample 2 --seed 7", "claims the numbers for ten minutes"),
        ])

    private static func sampled(_ call: CallTypes) throws(TypeFault) -> ValueType { .list(try call.items()) }

    /// A count that is written outright is looked at before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? { ItemCount.fault(in: call) }

    /// Takes; of an empty list, nothing.
    public static func run(_ call: CommandCall) throws -> Value {
        guard let count = try ItemCount.of(call, "sample"), case .int(let seed)? = call["seed"] else {
            throw SwitchboardError(.invalidArgument, "sample needs a count and a seed")
        }
        var order = SeededOrder(seed)
        return .list(try Claims.take(order.shuffled(call.items), count: count, call.run))
    }
}

/// Orders by chance that a seed decides: SplitMix64 and the shuffle of Fisher and Yates, the same everywhere and for good.
private struct SeededOrder {
    private var state: UInt64

    init(_ seed: Int64) { state = UInt64(bitPattern: seed) }

    mutating func shuffled(_ items: [Value]) -> [Value] {
        var items = items
        for place in items.indices {
            items.swapAt(place, place + Int(below(UInt64(items.count - place))))
        }
        return items
    }

    /// A number from 0 to less than the bound, each as likely as any other.
    private mutating func below(_ bound: UInt64) -> UInt64 {
        while true {
            let product = next().multipliedFullWidth(by: bound)
            // The lowest products would favour some numbers: 2^64 is no multiple of the bound.
            if product.low >= (0 &- bound) % bound { return product.high }
        }
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
