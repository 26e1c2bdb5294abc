import SwitchboardCore
import SwitchboardHTTP

/// The calls of LiveKit's SIP service that concern the trunks of one direction, or the dispatch rules.
///
/// Every change has the id of its request, the same for every attempt; errors tell with `mayHaveHappened` whether it
/// may have taken place.
struct RoutingCalls: Sendable {
    /// A page asks for this many; LiveKit may send more, even all of them.
    static let page = 100
    /// A list of more pages than this has no end.
    static let mostPages = 1000

    let client: TwirpClient
    let schema: RoutingSchema

    // MARK: Reading

    /// All of them, each once, by ascending id.
    func all() async throws -> [RoutingDocument] {
        var found: [String: RoutingDocument] = [:]
        var page: JSON = ["limit": .integer(Self.page)]
        for _ in 0..<Self.mostPages {
            let fresh = try await list(["page": page]).filter { found[$0.id] == nil }
            guard !fresh.isEmpty else { return found.values.sorted { $0.id < $1.id } }
            for document in fresh { found[document.id] = document }
            page = page.setting("after_id", to: .optional(found.keys.max()))
        }
        throw RoutingErrors.error(
            .badAnswer, "livekit's list of \(schema.noun)s does not end after \(Self.mostPages) pages")
    }

    /// The one with this id; nil where there is none.
    func one(_ id: String) async throws -> RoutingDocument? {
        // There is no call that gets one rule, and the list may hold others beside it.
        if schema == .dispatchRule { return try await list(["dispatch_rule_ids": [.string(id)]]).first { $0.id == id } }
        let call = TwirpCall(service: .sip, method: schema.method("Get"), body: [schema.idField: .string(id)])
        do {
            return try await client.send(call) { answer in
                try answer.field(schema.wrapper).map(document).flatMap { $0.id == id ? $0 : nil }
            }
        } catch let error as SwitchboardError where error.code == .notFound {
            return nil
        }
    }

    /// The one with this id; `not_found` where there is none.
    func existing(_ id: String) async throws -> RoutingDocument {
        guard let document = try await one(id) else { throw RoutingErrors.missing(schema.noun, id) }
        return document
    }

    private func list(_ body: JSON) async throws -> [RoutingDocument] {
        try await client.send(TwirpCall(service: .sip, method: schema.method("List"), body: body)) { answer in
            try answer.objects("items")?.map(document).filter { !$0.id.isEmpty }
        }
    }

    private func document(_ json: JSON) throws -> RoutingDocument {
        try RoutingDocument(reading: json, as: schema, strangers: .kept)
    }

    // MARK: Changing

    /// Makes one and returns it as LiveKit describes it.
    func create(
        _ document: RoutingDocument, _ requestID: String, _ repeatability: Repeatability
    ) async throws -> RoutingDocument {
        try RoutingSecrets.requireReadable(document)
        let body: JSON = [schema.wrapper: document.wire]
        return try await write(
            schema.method("Create"), body, requestID, repeatability, secrets: Array(document.secrets.values)
        ) { answer in
            let made = try self.document(answer)
            return made.id.isEmpty ? nil : made
        }
    }

    /// Changes single fields of one.
    func update(_ id: String, by change: RoutingChange, _ requestID: String) async throws {
        try RoutingSecrets.requireReadable(change)
        try await edit(id, "update", change.updateWire, requestID, secrets: Array(change.secrets.values))
    }

    /// Puts one in the place of the one with its id.
    func replace(_ document: RoutingDocument, _ requestID: String) async throws {
        try RoutingSecrets.requireReadable(document)
        try await edit(document.id, "replace", document.wire, requestID, secrets: Array(document.secrets.values))
    }

    /// Deletes one; after a lost answer `isGone` tells whether to ask again.
    func delete(_ id: String, _ requestID: String, isGone: @escaping @Sendable () async throws -> Bool) async throws {
        _ = try await write(
            schema.deleteMethod, [schema.idField: .string(id)], requestID, .afterAsking(isGone), secrets: []
        ) { $0 }
    }

    private func edit(
        _ id: String, _ action: String, _ content: JSON, _ requestID: String, secrets: [Secret]
    ) async throws {
        let body: JSON = [schema.idField: .string(id), action: content]
        _ = try await write(schema.method("Update"), body, requestID, .onlyIfRefused, secrets: secrets) { $0 }
    }

    private func write<Answer>(
        _ method: String, _ body: JSON, _ requestID: String, _ repeatability: Repeatability, secrets: [Secret],
        _ read: (JSON) throws -> Answer?
    ) async throws -> Answer {
        let write = TwirpCall.Write(requestID: requestID, repeatability: repeatability, secrets: secrets)
        return try await client.send(TwirpCall(service: .sip, method: method, body: body, write: write), read)
    }
}
