import SwitchboardCore
import SwitchboardEngine

/// The list of those who may call out by the account's trunk.
struct CredentialListStep: CarrierStep {
    static let word = "credential-list"
    let name: String

    var about: String { "credential list" }
    var summary: String { "make the credential list \(name)" }

    func found(at carrier: any CarrierTrunking) async throws -> CredentialList? {
        try await carrier.credentialList(named: name)
    }

    func take(at carrier: any CarrierTrunking, in world: EffectWorld) async throws -> CredentialList {
        try await carrier.makeCredentialList(named: name, key: world.key)
    }

    func undo(_ list: CredentialList) -> CarrierUndo { .step(CredentialListRemoval(name: name)) }
}

/// The same taken away, with its users.
struct CredentialListRemoval: CarrierStep {
    static let word = "credential-list-removal"
    let name: String

    var about: String { "credential list" }
    var summary: String { "delete the credential list \(name)" }
    var isOfAll: Bool { true }

    func found(at carrier: any CarrierTrunking) async throws -> Bool? {
        try await carrier.credentialList(named: name) == nil ? true : nil
    }

    func take(at carrier: any CarrierTrunking, in world: EffectWorld) async throws -> Bool {
        guard let list = try await carrier.credentialList(named: name) else { return true }
        try await carrier.deleteCredentialList(list.id, key: world.key)
        return true
    }

    func undo(_ isGone: Bool) -> CarrierUndo { .none(because: "nobody knows the passwords of its users") }
}

/// The user by whom the platform calls out, with a password that the platform is told next.
struct CredentialStep: CarrierStep {
    static let word = "credential"
    let username: String
    let password: SecretReference
    let listID: String

    var about: String { "credential" }
    var summary: String { "give the user \(username) a password" }

    /// Nobody can read a password, so a lost answer is settled by setting it once more.
    func found(at carrier: any CarrierTrunking) async throws -> Bool? { nil }

    func take(at carrier: any CarrierTrunking, in world: EffectWorld) async throws -> Bool {
        try await carrier.setCredential(
            username, password: world.secret(password), inList: listID, key: world.key)
        return true
    }

    /// It goes with its list.
    func undo(_ isSet: Bool) -> CarrierUndo { .unneeded }
}

/// The list as the one that the trunk goes by.
struct CredentialUseStep: CarrierStep {
    static let word = "credential-use"
    let listID: String
    let listName: String
    let trunkID: String

    var about: String { "credential use" }
    var summary: String { "let the users of \(listName) call out by trunk \(trunkID)" }

    func found(at carrier: any CarrierTrunking) async throws -> Bool? {
        try await carrier.isCredentialList(listID, attachedToTrunk: trunkID) ? true : nil
    }

    func take(at carrier: any CarrierTrunking, in world: EffectWorld) async throws -> Bool {
        try await carrier.attachCredentialList(listID, toTrunk: trunkID, key: world.key)
        return true
    }

    func undo(_ isUsed: Bool) -> CarrierUndo { .step(CredentialUseRemoval(listName: listName, trunkID: trunkID)) }
}

/// The same taken back; the list stays.
struct CredentialUseRemoval: CarrierStep {
    static let word = "credential-use-removal"
    let listName: String
    let trunkID: String

    var about: String { "credential use" }
    var summary: String { "let the users of \(listName) call out by trunk \(trunkID) no more" }
    var isOfAll: Bool { true }

    func found(at carrier: any CarrierTrunking) async throws -> Bool? {
        guard let list = try await carrier.credentialList(named: listName) else { return true }
        return try await carrier.isCredentialList(list.id, attachedToTrunk: trunkID) ? nil : true
    }

    func take(at carrier: any CarrierTrunking, in world: EffectWorld) async throws -> Bool {
        guard let list = try await carrier.credentialList(named: listName) else { return true }
        try await carrier.detachCredentialList(list.id, fromTrunk: trunkID, key: world.key)
        return true
    }

    func undo(_ isGone: Bool) -> CarrierUndo { .none(because: "its list may be gone") }
}
