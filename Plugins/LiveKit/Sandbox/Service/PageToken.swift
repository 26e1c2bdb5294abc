import SwitchboardCore
import SwitchboardSandbox

/// Where a listing goes on, as LiveKit writes it (contract section 3.2).
struct PageToken: Hashable, Sendable {
    static let limits = 1...1000
    let offset: Int
    let limit: Int

    /// The place that a request asks for: the token's limit counts before the request's own, 50 without either.
    init(of message: ProtoMessage) throws(TwirpError) {
        let own = message.integer("limit").map { Int($0) } ?? 50
        let text = message.message("page_token")?.string("token") ?? ""
        guard !text.isEmpty else {
            self.init(offset: 0, limit: own)
            return
        }
        guard let bytes = Base64URL.decode(text), let json = try? JSON(reading: bytes), json.members != nil,
            let offset = (json["offset"] ?? 0).integer, offset >= 0,
            let limit = (json["limit"] ?? .integer(own)).integer
        else { throw TwirpError(.invalidArgument, "invalid page token") }
        self.init(offset: offset, limit: limit)
    }

    private init(offset: Int, limit: Int) {
        self.offset = min(offset, 1 << 40)
        self.limit = min(max(limit, Self.limits.lowerBound), Self.limits.upperBound)
    }

    /// The message for the page after this one; nil when there is none.
    func next(total: Int, isEndless: Bool) -> ProtoMessage? {
        guard isEndless || offset + limit < total else { return nil }
        var message = ProtoMessage(PhoneNumberSchemas.token)
        let json = "{\"offset\":\(offset + limit),\"limit\":\(limit)}"
        message.set("token", Base64URL.encode(Array(json.utf8)))
        return message
    }

    /// The first element of the page; a listing without end starts over.
    func start(total: Int, isEndless: Bool) -> Int { isEndless && total > 0 ? offset % total : offset }
}
