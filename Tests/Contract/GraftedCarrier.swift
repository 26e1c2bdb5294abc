import SwitchboardCore
import TwilioProvider

/// What stands in for some of a carrier's calls.
struct CarrierGraft: Sendable {
    typealias Base = TwilioProvider

    /// What becomes of the errors of all changes.
    var error: @Sendable (inout SwitchboardError) -> Void = { _ in }
    var holdings: (@Sendable (Base) async throws -> [CarrierNumber])?
    var attach: (@Sendable (Base, CarrierNumber, _ trunk: String, _ key: String) async throws -> Void)?
    var detach: (@Sendable (Base, CarrierNumber, _ trunk: String, _ key: String) async throws -> Void)?
    var restore: (@Sendable (Base, CarrierNumber, _ key: String) async throws -> Void)?
    var sharedTrunk: (@Sendable (Base, _ host: String) async throws -> CarrierTrunk?)?
    var makeSharedTrunk: (@Sendable (Base, _ host: String, _ key: String) async throws -> CarrierTrunk)?
    var deleteTrunk: (@Sendable (Base, _ trunk: String, _ key: String) async throws -> Void)?
    var makeOriginationURL:
        (@Sendable (Base, _ uri: String, _ trunk: String, _ key: String) async throws -> OriginationURL)?
    var deleteOriginationURL: (@Sendable (Base, _ url: String, _ trunk: String, _ key: String) async throws -> Void)?
    var makeCredentialList: (@Sendable (Base, _ name: String, _ key: String) async throws -> CredentialList)?
    var deleteCredentialList: (@Sendable (Base, _ list: String, _ key: String) async throws -> Void)?
    var setCredential: (@Sendable (Base, _ user: String, Secret, _ list: String, _ key: String) async throws -> Void)?
    var attachCredentialList: (@Sendable (Base, _ list: String, _ trunk: String, _ key: String) async throws -> Void)?
    var detachCredentialList: (@Sendable (Base, _ list: String, _ trunk: String, _ key: String) async throws -> Void)?
}

/// Twilio's provider with a graft.
struct GraftedCarrier: NumberSearching, NumberPurchasing, CarrierTrunking {
    static let manifest = TwilioProvider.manifest

    private let base: TwilioProvider
    private let graft: CarrierGraft

    init(context: ProviderContext) throws { try self.init(context, CarrierGraft()) }

    init(_ context: ProviderContext, _ graft: CarrierGraft) throws {
        base = try TwilioProvider(context: context)
        self.graft = graft
    }

    private func told<Answer>(_ call: () async throws -> Answer) async throws -> Answer {
        do { return try await call() } catch var error as SwitchboardError {
            graft.error(&error)
            throw error
        }
    }

    // MARK: As it is

    var accountID: String { base.accountID }
    func tryCredentials() async throws { try await base.tryCredentials() }
    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { try await base.ownedNumbers(filter) }
    func lookUp(_ number: E164) async throws -> OwnedNumber? { try await base.lookUp(number) }
    func search(_ query: NumberQuery) async throws -> [AvailableNumber] { try await base.search(query) }
    func purchase(_ number: E164, key: String) async throws -> OwnedNumber { try await base.purchase(number, key: key) }
    func release(_ number: OwnedNumber, key: String) async throws { try await base.release(number, key: key) }
    func holding(of number: E164) async throws -> CarrierNumber? { try await base.holding(of: number) }
    func numbers(ofTrunk trunkID: String) async throws -> [E164] { try await base.numbers(ofTrunk: trunkID) }
    func originationURLs(ofTrunk trunkID: String) async throws -> [OriginationURL] {
        try await base.originationURLs(ofTrunk: trunkID)
    }
    func credentialList(named name: String) async throws -> CredentialList? {
        try await base.credentialList(named: name)
    }
    func hasCredential(_ username: String, inList listID: String) async throws -> Bool {
        try await base.hasCredential(username, inList: listID)
    }
    func isCredentialList(_ listID: String, attachedToTrunk trunkID: String) async throws -> Bool {
        try await base.isCredentialList(listID, attachedToTrunk: trunkID)
    }

    // MARK: With the graft

    func holdings() async throws -> [CarrierNumber] { try await (graft.holdings ?? { try await $0.holdings() })(base) }
    func sharedTrunk(to sipHost: String) async throws -> CarrierTrunk? {
        try await (graft.sharedTrunk ?? { try await $0.sharedTrunk(to: $1) })(base, sipHost)
    }
    func attach(_ number: CarrierNumber, toTrunk trunkID: String, key: String) async throws {
        try await told {
            try await (graft.attach ?? { try await $0.attach($1, toTrunk: $2, key: $3) })(base, number, trunkID, key)
        }
    }
    func detach(_ number: CarrierNumber, fromTrunk trunkID: String, key: String) async throws {
        try await told {
            try await (graft.detach ?? { try await $0.detach($1, fromTrunk: $2, key: $3) })(base, number, trunkID, key)
        }
    }
    func restore(_ number: CarrierNumber, key: String) async throws {
        try await told { try await (graft.restore ?? { try await $0.restore($1, key: $2) })(base, number, key) }
    }
    func makeSharedTrunk(to sipHost: String, key: String) async throws -> CarrierTrunk {
        try await told {
            try await (graft.makeSharedTrunk ?? { try await $0.makeSharedTrunk(to: $1, key: $2) })(base, sipHost, key)
        }
    }
    func deleteTrunk(_ trunkID: String, key: String) async throws {
        try await told {
            try await (graft.deleteTrunk ?? { try await $0.deleteTrunk($1, key: $2) })(base, trunkID, key)
        }
    }
    func makeOriginationURL(_ sipURI: String, ofTrunk trunkID: String, key: String) async throws -> OriginationURL {
        try await told {
            try await (graft.makeOriginationURL ?? { try await $0.makeOriginationURL($1, ofTrunk: $2, key: $3) })(
                base, sipURI, trunkID, key)
        }
    }
    func deleteOriginationURL(_ id: String, ofTrunk trunkID: String, key: String) async throws {
        try await told {
            try await (graft.deleteOriginationURL ?? { try await $0.deleteOriginationURL($1, ofTrunk: $2, key: $3) })(
                base, id, trunkID, key)
        }
    }
    func makeCredentialList(named name: String, key: String) async throws -> CredentialList {
        try await told {
            try await (graft.makeCredentialList ?? { try await $0.makeCredentialList(named: $1, key: $2) })(
                base, name, key)
        }
    }
    func deleteCredentialList(_ id: String, key: String) async throws {
        try await told {
            try await (graft.deleteCredentialList ?? { try await $0.deleteCredentialList($1, key: $2) })(base, id, key)
        }
    }
    func setCredential(_ username: String, password: Secret, inList listID: String, key: String) async throws {
        try await told {
            try await (graft.setCredential ?? { try await $0.setCredential($1, password: $2, inList: $3, key: $4) })(
                base, username, password, listID, key)
        }
    }
    func attachCredentialList(_ listID: String, toTrunk trunkID: String, key: String) async throws {
        try await told {
            try await (graft.attachCredentialList ?? { try await $0.attachCredentialList($1, toTrunk: $2, key: $3) })(
                base, listID, trunkID, key)
        }
    }
    func detachCredentialList(_ listID: String, fromTrunk trunkID: String, key: String) async throws {
        try await told {
            try await (graft.detachCredentialList ?? { try await $0.detachCredentialList($1, fromTrunk: $2, key: $3) })(
                base, listID, trunkID, key)
        }
    }
}
