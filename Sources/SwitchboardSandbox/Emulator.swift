public import SwitchboardCore

/// A vendor's service, pretended well enough that the vendor's own SDKs work against it.
///
/// An emulator is ground truth: it loads its state when it is made, and writes every change through to its store
/// before it answers. Wrap each call in `EmulatorContext.underFaults` so that the fault switches reach it.
public protocol Emulator: Sendable {
    /// The provider's name, as in `livekit`.
    static var name: String { get }
    /// How many bytes a request's body may have.
    static var bodyLimit: Int { get }
    /// The header by which clients name a request across retries, for the request log.
    static var requestIDHeader: String? { get }
    /// The operations that a fault switch can name, each with the vendor's own kinds that mean something there; empty
    /// where any name may be right.
    static var operations: [String: Set<FaultKind>] { get }

    /// The ids of the accounts that a fault switch can name; empty where there is only one account.
    var accounts: [String] { get }

    /// Loads the state from the context's store; throws when what it finds cannot be read.
    init(context: EmulatorContext) throws

    /// Answers one request of the vendor's API.
    func answer(_ request: SandboxRequest) async -> SandboxAnswer
    /// The vendor's words for a body over the limit.
    func refusalOfLargeBody(_ request: SandboxRequest) -> SandboxAnswer

    /// All that is true at this vendor: owned numbers, every purchase ever made, rules.
    func state() -> JSON
    /// Puts things there as if they had been there before, and says what is there now; throws `SeedRefusal` and then
    /// changes nothing.
    func seed(_ things: JSON) throws -> [Seeded]
    /// Forgets everything but the inventory.
    func reset() throws

    /// The settings that a client's profile needs to reach this emulator at the URL.
    func connection(url: String) -> EmulatorConnection
}

extension Emulator {
    /// 10 MiB.
    public static var bodyLimit: Int { 10 << 20 }
    /// None.
    public static var requestIDHeader: String? { nil }
    /// One.
    public var accounts: [String] { [] }
    /// Any.
    public static var operations: [String: Set<FaultKind>] { [:] }
}

/// How a client reaches an emulator.
public struct EmulatorConnection: Hashable, Sendable {
    /// The settings that are no secrets, by the names of the provider's manifest.
    public var plain: [String: String]
    /// The secret settings.
    public var secrets: [String: String]
    /// Other accounts there, each with the settings in which it differs.
    public var accounts: [Account]

    /// An account beside the one that a profile uses.
    public struct Account: Hashable, Sendable {
        /// What it is for, in a few words.
        public var name: String
        /// Its settings that are no secrets.
        public var plain: [String: String]
        /// Its secret settings.
        public var secrets: [String: String]

        /// Makes an account.
        public init(name: String, plain: [String: String], secrets: [String: String]) {
            self.name = name
            self.plain = plain
            self.secrets = secrets
        }
    }

    /// Makes a connection.
    public init(plain: [String: String], secrets: [String: String], accounts: [Account] = []) {
        self.plain = plain
        self.secrets = secrets
        self.accounts = accounts
    }

    /// The settings as a provider takes them.
    public var settings: ProviderSettings {
        ProviderSettings(plain: plain, secrets: secrets.mapValues { Secret($0) })
    }
}

/// A seed that the emulator does not take, with the sentence that says why.
public struct SeedRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    public var description: String
    /// The words of which one should have stood there; empty where there is no such choice.
    public var expected: [String]

    /// Makes a refusal.
    public init(_ description: String, expected: [String] = []) {
        self.description = description
        self.expected = expected
    }
}
