/// How much a workspace may hold.
public struct Caps: Hashable, Sendable, Codable {
    /// The most numbers, of all sources together.
    public var numbers: Int
    /// The most trunks.
    public var trunks: Int

    /// Makes caps; 100 numbers and 20 trunks unless said otherwise.
    public init(numbers: Int = 100, trunks: Int = 20) {
        self.numbers = numbers
        self.trunks = trunks
    }
}
