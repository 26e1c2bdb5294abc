import SwitchboardCore
import SwitchboardHTTP

/// Sends the calls of one LiveKit project and turns refusals into errors.
final class TwirpClient: Sendable {
    /// The header by which LiveKit recognises a repeated change.
    static let requestIDHeader = "X-Livekit-Request-Id"

    private let base: BaseURL
    private let tokens: AccessTokenSource
    private let client: ServiceClient
    private let errors: TwirpErrors

    /// Reads the settings; does no I/O.
    init(context: ProviderContext) throws {
        let (name, profile) = (LiveKitProvider.name, context.profile)
        let settings = context.settings
        base = try BaseURL(settings.required("url", provider: name, profile: profile), profile: profile)
        let key = try settings.required("api_key", provider: name, profile: profile)
        let secret = try settings.requiredSecret("api_secret", provider: name, profile: profile).reveal()
        guard !secret.isEmpty else {
            throw SwitchboardError(
                .unauthorized, "the livekit setting 'api_secret' of profile '\(profile)' is empty",
                help: "set it with: connect livekit", provider: name, fields: ["api_secret": "empty"])
        }
        tokens = AccessTokenSource(key: key, secret: secret, now: context.time.now)
        client = ServiceClient(provider: name, context: context)
        errors = TwirpErrors(profile: profile, secret: secret)
    }

    /// Sends a call and returns its answer, an object, or what `read` makes of that; nil means that it makes no sense.
    ///
    /// Errors carry `mayHaveHappened` where a change may have taken place all the same.
    func send<Answer>(_ call: TwirpCall, _ read: (JSON) throws -> Answer? = { $0 }) async throws -> Answer {
        let reply = try await reply(to: call)
        guard (200..<300).contains(reply.answer.status) else { throw errors.refusal(reply, of: call) }
        var fault: RoutingFault?
        do {
            let json = try JSON(reading: reply.answer.body)
            if json.members != nil, let answer = try read(json) { return answer }
        } catch {
            fault = error as? RoutingFault
        }
        throw errors.unreadable(reply, of: call, fault)
    }

    private func reply(to call: TwirpCall) async throws -> ServiceReply {
        let request = try request(for: call)
        do {
            return try await client.send(
                ServiceCall(request, operation: call.method, repeatability: call.write?.repeatability ?? .freely))
        } catch {
            var error = SwitchboardError(wrapping: error)
            error.requestID = call.write?.requestID
            error.cause = error.cause.map { errors.withoutSecrets($0, of: call) }
            throw error
        }
    }

    private func request(for call: TwirpCall) throws -> HTTPRequest {
        var headers = [
            HTTPField("Authorization", "Bearer " + (try tokens.token())),
            HTTPField("Content-Type", "application/json"),
        ]
        if let write = call.write { headers.append(HTTPField(Self.requestIDHeader, write.requestID)) }
        return HTTPRequest(
            "POST", base.text + call.path, headers: headers, body: call.body.bytes(), deadline: call.deadline)
    }
}
