public import SwitchboardCore

/// A provider as the contract suite meets it: how it is made, its account, and what may be done there.
///
/// The suite makes its own providers of it, each behind a network that can fail and on a clock of its own.
public struct ContractSubject: Sendable {
    /// What the provider says of itself.
    public let manifest: ProviderManifest
    /// The type, which tells the abilities.
    public let type: any NumberProvider.Type
    /// The account.
    public let settings: ProviderSettings
    /// The profile's name, for messages.
    public let profile: String
    /// The network in front of which failures are put.
    public private(set) var transport: any HTTPTransport
    /// The limits of the account; nil where nothing real is at stake.
    public var limits: RequestLimits?
    /// The most that a case may take of the account; `sandbox` for an account that is nobody's.
    public var allowance: ContractCost
    /// Numbers that the account is known to hold, more than the vendor shows on one page; empty where nobody knows.
    public var holds: [E164]
    /// Who buys and gives up the number of a case that takes one.
    public var trade: any ContractTrade
    /// How long a case may take in real time; one that takes longer has failed.
    public var patience = Duration.seconds(120)
    let make: @Sendable (ProviderContext) throws -> any NumberProvider

    /// Makes the subject of a type.
    ///
    /// `holds` are numbers that the account holds already: with more of them than the vendor shows on a page the suite
    /// sees whether all pages are read. `make` and `manifest` stand in for the type's own, for a provider that is wrapped.
    public init(
        _ type: any NumberProvider.Type, manifest: ProviderManifest? = nil, settings: ProviderSettings,
        transport: any HTTPTransport,
        profile: String = "contract", limits: RequestLimits? = nil, allowance: ContractCost = .sandbox,
        holds: [E164] = [], trade: any ContractTrade = DirectTrade(),
        make: (@Sendable (ProviderContext) throws -> any NumberProvider)? = nil
    ) {
        self.manifest = manifest ?? type.manifest
        self.type = type
        self.settings = settings
        self.profile = profile
        self.transport = transport
        self.limits = limits
        self.allowance = allowance
        self.holds = holds
        self.trade = trade
        self.make = make ?? { try type.init(context: $0) }
    }

    /// The same behind another network.
    func over(_ transport: any HTTPTransport) -> ContractSubject {
        var subject = self
        subject.transport = transport
        return subject
    }

    /// Why a case is not run here although the provider offers what it asks for; nil where it is.
    func spares(_ case: ContractCase) -> String? {
        if `case`.cost <= allowance { return nil }
        return `case`.cost == .oneNumber ? "not run: it buys a number" : "not run: it changes the account as it likes"
    }
}

/// Buys and gives up the one number of a case that takes one, at the risk of whoever pays for it.
///
/// A host for which money is at stake does both by its journal, so that a check that is killed loses nothing.
public protocol ContractTrade: Sendable {
    /// Buys the number and returns it as the account holds it.
    func buy(_ number: AvailableNumber, at provider: any NumberPurchasing) async throws -> OwnedNumber

    /// Gives it up.
    func giveUp(_ number: OwnedNumber, at provider: any NumberPurchasing) async throws
}

/// A trade with nothing in between, for accounts that are nobody's.
public struct DirectTrade: ContractTrade {
    /// Makes the trade.
    public init() {}

    /// Buys.
    public func buy(_ number: AvailableNumber, at provider: any NumberPurchasing) async throws -> OwnedNumber {
        try await provider.purchase(
            number.e164, key: "contract-buy-\(number.e164)-\(UInt64.random(in: 0...UInt64.max))")
    }

    /// Gives up.
    public func giveUp(_ number: OwnedNumber, at provider: any NumberPurchasing) async throws {
        try await provider.release(number, key: "contract-give-up-\(number.e164)-\(UInt64.random(in: 0...UInt64.max))")
    }
}
