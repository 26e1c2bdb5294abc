import FoundationEssentials
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

    /// Sends a call and decodes its answer.
    ///
    /// Errors carry `mayHaveHappened` where a change may have taken place all the same.
    func send<Answer: Decodable>(_ call: TwirpCall, as type: Answer.Type = Answer.self) async throws -> Answer {
        let reply = try await reply(to: call)
        guard (200..<300).contains(reply.answer.status) else { throw errors.refusal(reply, of: call) }
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(reply.answer.body))
        } catch {
            throw errors.unreadable(reply, of: call)
        }
    }

    private func reply(to call: TwirpCall) async throws -> ServiceReply {
        let request = try request(for: call)
        do {
            return try await client.send(
                ServiceCall(request, operation: call.method, repeatability: call.write?.repeatability ?? .freely))
        } catch {
            var error = SwitchboardError(wrapping: error)
            error.requestID = call.write?.requestID
            error.cause = error.cause.map(errors.withoutSecret)
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
            "POST", base.text + call.path, headers: headers, body: try call.body.encoded(), deadline: call.deadline)
    }
}
