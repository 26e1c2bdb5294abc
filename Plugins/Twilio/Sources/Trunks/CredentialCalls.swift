import SwitchboardCore
import SwitchboardHTTP

/// The calls that deal in credential lists: the lists are the account's, in the core API, and trunks name them.
struct CredentialCalls: Sendable {
    private static let page = ("PageSize", "1000")
    private static let lists = "/SIP/CredentialLists"

    let client: TwilioClient

    // MARK: Lists

    /// The list of this name, which the account has once.
    func list(named name: String) async throws -> CredentialList? {
        try await client.rows(
            .get("ListSipCredentialList", .account(Self.lists + ".json"), [Self.page]), "credential_lists", Self.list
        ).first { $0.name == name }
    }

    /// Makes a list; throws a `TwilioRefusal`.
    func create(listNamed name: String) async throws -> CredentialList {
        let call = TwilioCall.post(
            "CreateSipCredentialList", .account(Self.lists + ".json"), [("FriendlyName", name)]
        ) { try await list(named: name) != nil }
        return try await client.ask(call, Self.list)
    }

    /// Deletes a list with its credentials.
    func delete(list id: String) async throws {
        _ = try await client.delete(
            .delete("DeleteSipCredentialList", .account("\(Self.lists)/\(PercentEncoding.encode(id)).json")))
    }

    private static func list(_ json: JSON) -> CredentialList? {
        guard let id = json.words("sid"), let name = json.words("friendly_name") else { return nil }
        return CredentialList(id: id, name: name)
    }

    // MARK: Credentials

    /// The id of a user's credential.
    func credential(_ username: String, inList id: String) async throws -> String? {
        try await client.rows(
            .get("ListSipCredential", .account(Self.credentials(id) + ".json"), [Self.page]), "credentials"
        ) { $0.words("username") == username ? $0.words("sid") : nil }.first
    }

    /// Makes a credential.
    func create(_ username: String, _ password: Secret, inList id: String) async throws {
        var call = TwilioCall.post(
            "CreateSipCredential", .account(Self.credentials(id) + ".json"),
            [("Username", username), ("Password", password.reveal())]
        ) { try await credential(username, inList: id) != nil }
        call.secrets = [password]
        try await client.send(call) { $0.words("sid").map { _ in } }
    }

    /// Sets the password of a credential.
    func update(credential sid: String, _ password: Secret, inList id: String) async throws {
        var call = TwilioCall.set(
            "UpdateSipCredential", .account("\(Self.credentials(id))/\(PercentEncoding.encode(sid)).json"),
            [("Password", password.reveal())])
        call.secrets = [password]
        try await client.send(call) { $0.words("sid").map { _ in } }
    }

    private static func credentials(_ list: String) -> String { "\(lists)/\(PercentEncoding.encode(list))/Credentials" }

    // MARK: Trunks that name a list

    /// Whether a trunk names a list.
    func isAttached(list id: String, toTrunk trunk: String) async throws -> Bool {
        try await client.rows(
            .get("ListCredentialList", .trunking(TrunkCalls.path(trunk) + "/CredentialLists"), [TrunkCalls.page]),
            "credential_lists"
        ) { $0.words("sid") }.contains(id)
    }

    /// Has a trunk name a list; throws a `TwilioRefusal`.
    func attach(list id: String, toTrunk trunk: String) async throws {
        let call = TwilioCall.post(
            "CreateCredentialList", .trunking(TrunkCalls.path(trunk) + "/CredentialLists"), [("CredentialListSid", id)]
        ) { try await isAttached(list: id, toTrunk: trunk) }
        try await client.ask(call) { $0.words("sid").map { _ in } }
    }

    /// Has a trunk name it no more.
    func detach(list id: String, fromTrunk trunk: String) async throws {
        let path = TrunkCalls.path(trunk) + "/CredentialLists/" + PercentEncoding.encode(id)
        _ = try await client.delete(.delete("DeleteCredentialList", .trunking(path)))
    }
}
