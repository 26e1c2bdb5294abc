import CSodium

/// Tells two contents apart: SHA-256, as hexadecimal digits.
public struct ContentDigest: Sendable {
    private var state = crypto_hash_sha256_state()

    /// Begins.
    public init() { crypto_hash_sha256_init(&state) }

    /// Takes what comes next.
    public mutating func take(_ bytes: UnsafeRawBufferPointer) {
        let bytes = bytes.bindMemory(to: UInt8.self)
        if let start = bytes.baseAddress { crypto_hash_sha256_update(&state, start, UInt64(bytes.count)) }
    }

    /// The digest of all that was taken.
    public mutating func finish() -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        crypto_hash_sha256_final(&state, &digest)
        return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// The digest of a content that is all there.
    public static func of(_ bytes: [UInt8]) -> String {
        var digest = ContentDigest()
        bytes.withUnsafeBytes { digest.take($0) }
        return digest.finish()
    }
}
