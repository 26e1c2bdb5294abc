/// Chance that a number decides, so that a failure can be had again.
public struct SeededChance: RandomNumberGenerator {
    private var state: UInt64

    /// Chance of its own for each seed.
    public init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }

    /// A number from 0 up to one below the bound.
    public mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
