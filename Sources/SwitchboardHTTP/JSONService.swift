public import SwitchboardCore

/// A vendor's JSON API with one account's credentials, through which a provider sends all its calls.
///
/// Calls are sent, repeated and logged as `ServiceClient` does it. What comes back instead of a result is thrown as a
/// `SwitchboardError` that says whether a change may have taken place all the same and holds no secret.
public struct JSONService: Sendable {
    /// Reads the vendor's own code and words in the body of a refusal; nil where it has not the vendor's form.
    public typealias RefusalReader = @Sendable (_ body: JSON) -> (code: String, words: String)?

    private let manifest: ProviderManifest
    private let base: String
    private let headers: [HTTPField]
    private let client: ServiceClient
    private let errors: JSONServiceErrors

    /// Makes the client of one account; opens nothing.
    ///
    /// `headers` go with every call, `secrets` into no error. `meanings` are what the vendor's codes mean here, before
    /// what their status means. Throws `invalid_argument` for a base URL that is none.
    public init(
        _ manifest: ProviderManifest, context: ProviderContext, url: String, headers: [HTTPField], secrets: [Secret],
        meanings: [String: ErrorCode] = [:], refusal: @escaping RefusalReader
    ) throws {
        self.manifest = manifest
        self.headers = headers
        base = url
        client = ServiceClient(provider: manifest.name, context: context)
        errors = JSONServiceErrors(
            manifest: manifest, profile: context.profile, secrets: secrets, meanings: meanings, refusal: refusal)
        do { _ = try URLText.join(url) } catch { throw errors.badBase(SwitchboardError(wrapping: error)) }
    }

    /// Reads what `read` makes of the answer; nil means that it makes no sense.
    ///
    /// `operation` is the vendor's name of the call, for messages and the log.
    public func get<Answer>(
        _ operation: String, _ path: [String], _ query: [(String, String)] = [], _ read: (JSON) -> Answer?
    ) async throws -> Answer {
        try await send("GET", operation, path, query, repeatability: .freely, read)
    }

    /// As `get`; nil where the vendor answers with a code that `meanings` has as `not_found`.
    ///
    /// The status 404 alone is no such answer: a wrong base URL has it too, and a number that is held and seems not to be
    /// would be bought again.
    public func find<Answer>(
        _ operation: String, _ path: [String], _ read: (JSON) -> Answer?
    ) async throws -> Answer? {
        do { return try await get(operation, path, [], read) } catch let error as SwitchboardError
            where error.code == .notFound
        { return nil }
    }

    /// Reads the rows of a list: all pages, or as many as make `enough` rows.
    ///
    /// Throws `bad_answer` for pages that lead in a circle or do not end.
    public func list<Row>(
        _ operation: String, _ path: [String], _ query: [(String, String)] = [], enough: Int = .max,
        page read: (JSON) -> JSONPage<Row>?
    ) async throws -> [Row] {
        var rows: [Row] = []
        var cursors: Set<String> = []
        var next: [(String, String)] = []
        var pages = 0
        while pages < 1000 {
            pages += 1
            let page = try await get(operation, path, query + next, read)
            rows += page.rows
            guard rows.count < enough, let cursor = page.next else { return rows }
            guard cursors.insert(cursor.value).inserted else { break }
            next = [cursor]
        }
        throw errors.endless(operation, pages: pages)
    }

    /// Changes something, and returns what `read` makes of the answer, which is null where its body is empty.
    ///
    /// The manifest says how the vendor recognises a repetition: by `key` in a header of its own, or by what the call
    /// names. At a vendor that does not, the call is repeated only after `happened` has told that it did not happen.
    public func change<Answer>(
        _ operation: String, _ method: String, _ path: [String], _ body: JSON? = nil, key: String,
        happened: (@Sendable () async throws -> Bool)? = nil, _ read: (JSON) -> Answer?
    ) async throws -> Answer {
        var extra = body == nil ? [] : [HTTPField("Content-Type", "application/json")]
        let repeatability: Repeatability
        switch manifest.idempotency {
        case .header(let name):
            extra.append(HTTPField(name, key))
            repeatability = .keyed
        case .naturalKey: repeatability = .keyed
        case .none: repeatability = happened.map { .afterAsking($0) } ?? .onlyIfRefused
        }
        return try await send(method, operation, path, headers: extra, body: body, repeatability: repeatability, read)
    }

    private func send<Answer>(
        _ method: String, _ operation: String, _ path: [String], _ query: [(String, String)] = [],
        headers extra: [HTTPField] = [], body: JSON? = nil, repeatability: Repeatability,
        _ read: (JSON) -> Answer?
    ) async throws -> Answer {
        let call: ServiceCall
        let reply: ServiceReply
        do {
            let request = HTTPRequest(
                method, try URLText.join(base, path, query: query),
                headers: [HTTPField("Accept", "application/json")] + headers + extra, body: body?.bytes() ?? [],
                deadline: .seconds(30))
            call = ServiceCall(request, operation: operation, repeatability: repeatability)
            reply = try await client.send(call)
        } catch { throw errors.failure(error) }
        guard (200..<300).contains(reply.answer.status) else { throw errors.refusal(reply, of: call) }
        let bytes = reply.answer.body
        guard let json = bytes.isEmpty ? JSON.null : try? JSON(reading: bytes), let answer = read(json) else {
            throw errors.unreadable(reply, of: call)
        }
        return answer
    }
}

/// One page of a list.
public struct JSONPage<Row> {
    /// What is on it.
    public var rows: [Row]
    /// The query item that asks for the next page; nil on the last.
    public var next: (name: String, value: String)?

    /// Reads a page; nil where `rows` is no list, or where one of its rows makes no sense.
    public init?(_ rows: JSON?, next: (name: String, value: String)? = nil, _ read: (JSON) -> Row?) {
        guard let elements = rows?.elements else { return nil }
        self.rows = elements.compactMap(read)
        self.next = next
        guard self.rows.count == elements.count else { return nil }
    }
}
