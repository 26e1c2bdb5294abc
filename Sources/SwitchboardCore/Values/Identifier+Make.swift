public import FoundationEssentials

extension IDKind {
    /// Makes a new id, random enough that no two are ever equal.
    ///
    /// An id of 26 Crockford characters is shaped like a ULID: 48 bits of milliseconds since 1970, then 80 random bits, so
    /// that ids sort by the time they were made. An id of another kind gets random characters of its alphabet, as few as
    /// the kind allows.
    public func make(at time: Date) -> String {
        var random = SystemRandomNumberGenerator()
        let characters = Array(alphabet.utf8)
        guard alphabet == Self.crockford, length.contains(26) else {
            let rest = (0..<length.lowerBound).compactMap { _ in characters.randomElement(using: &random) }
            return prefix + String(decoding: rest, as: UTF8.self)
        }
        let milliseconds = UInt128(Self.milliseconds(of: time))
        let high = UInt128(UInt16.random(in: .min ... .max, using: &random))
        var value = milliseconds << 80 | high << 64 | UInt128(random.next())
        var rest = [UInt8](repeating: 0, count: 26)
        for index in rest.indices.reversed() {
            rest[index] = characters[Int(value & 31)]
            value >>= 5
        }
        return prefix + String(decoding: rest, as: UTF8.self)
    }

    /// The milliseconds since 1970 in 48 bits; a time before or after what fits counts as the nearest one that does.
    private static func milliseconds(of time: Date) -> UInt64 {
        let milliseconds = time.timeIntervalSince1970 * 1000
        guard milliseconds > 0 else { return 0 }
        return UInt64(min(milliseconds, 281_474_976_710_655))
    }
}
