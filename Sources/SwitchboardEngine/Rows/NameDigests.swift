/// The digests of many names, in 16 bytes each.
struct NameDigests {
    typealias Digest = UInt128

    /// The most that are told of those that came more than once.
    private static let most = 10_000
    private static let shareBits = 6

    /// Kept apart by their first bits, so that no large piece of memory is moved when there are more.
    private var shares: [[Digest]] = Array(repeating: [], count: 1 << shareBits)

    mutating func append(_ digest: Digest) { shares[Int(digest >> (128 - Self.shareBits))].append(digest) }

    /// Those that came more than once, as far as there are not too many.
    mutating func repeated() -> Set<Digest> {
        var repeated: Set<Digest> = []
        for index in shares.indices {
            shares[index].sort()
            for (one, next) in zip(shares[index], shares[index].dropFirst()) where one == next {
                if repeated.count < Self.most { repeated.insert(one) }
            }
            shares[index] = []
        }
        return repeated
    }
}
