import FoundationEssentials
public import SwitchboardCore
import Synchronization

/// A secret among an effect's stored properties.
///
/// The journal gets a key in its place. The door hands the secret itself to the store in the transaction that writes the
/// intent; it is kept there encrypted, and removed in the transaction that settles the intent. `EffectWorld.secret`
/// reads it, also in the process that finds the intent after a crash.
public struct SecretReference: Sendable, Codable {
    let key: String
    /// Only where the effect was made in this process.
    let secret: Secret?

    /// Refers to a secret.
    public init(_ secret: Secret) {
        key = String(UInt64.random(in: .min ... .max), radix: 16)
        self.secret = secret
    }

    /// Reads the key.
    public init(from decoder: any Decoder) throws {
        key = try decoder.singleValueContainer().decode(String.self)
        secret = nil
    }

    /// Writes the key.
    public func encode(to encoder: any Encoder) throws {
        if let place = SecretCollector.place, let collector = encoder.userInfo[place] as? SecretCollector {
            collector.add(self)
        }
        var container = encoder.singleValueContainer()
        try container.encode(key)
    }
}

/// Sees every secret of what an encoder writes, however deep, so that no effect can forget to name one.
final class SecretCollector: Sendable {
    static let place = CodingUserInfoKey(rawValue: "secrets")

    private let found = Mutex<[String: Secret?]>([:])

    /// The secrets by key.
    var secrets: [String: Secret] { found.withLock { $0.compactMapValues { $0 } } }

    func add(_ reference: SecretReference) { found.withLock { $0[reference.key] = .some(reference.secret) } }

    /// Whether a value refers to a secret that this process does not have.
    static func misses(in value: some Encodable) throws -> Bool {
        let collector = SecretCollector()
        let encoder = JSONEncoder()
        if let place { encoder.userInfo[place] = collector }
        _ = try encoder.encode(value)
        return collector.found.withLock { $0.values.contains { $0 == nil } }
    }

    /// Encodes a value to JSON; the secrets that it refers to come apart.
    static func encode(_ value: some Encodable) throws -> (json: [UInt8], secrets: [String: Secret]) {
        let collector = SecretCollector()
        let encoder = JSONEncoder()
        if let place { encoder.userInfo[place] = collector }
        return (Array(try encoder.encode(value)), collector.secrets)
    }
}
