import SwitchboardSandbox

/// The checks before the service proper, in LiveKit's order: token, service path, method, content type.
struct Gate: Sendable {
    private let tokens: GenuineTokens

    init(keys: APIKeys) { tokens = GenuineTokens(keys: keys) }

    /// What is left of a request that passed.
    struct Passed: Sendable {
        let method: LiveKitMethod
        let path: String
        let form: WireForm
        let token: AccessToken?
    }

    /// Where a request ends that did not pass.
    struct Stopped: Error {
        let answer: SandboxAnswer
    }

    private static let bearer = "Bearer "

    func check(_ request: SandboxRequest, at now: SandboxTime) throws(Stopped) -> Passed {
        let token = try token(of: request, at: now)
        let path = "/" + request.path.drop { $0 == "/" }
        if path == "/", request.method == "GET" { throw Stopped(answer: .text("OK")) }
        let method = LiveKitMethod.all[path]
        guard method != nil || Self.isOfAService(path) else {
            throw Stopped(answer: .text("404 page not found", status: 404))
        }
        guard request.method == "POST" else {
            throw Self.badRoute("unsupported method \"\(request.method)\" (only POST is allowed)", request, path)
        }
        guard let method else { throw Self.badRoute("no handler for path \"\(path)\"", request, path) }
        let type = request.header("Content-Type") ?? ""
        guard let form = WireForm(contentType: type) else {
            throw Self.badRoute("unexpected Content-Type: \"\(type)\"", request, path)
        }
        return Passed(method: method, path: path, form: form, token: token)
    }

    private func token(of request: SandboxRequest, at now: SandboxTime) throws(Stopped) -> AccessToken? {
        let text: String
        if let header = request.header("Authorization"), !header.isEmpty {
            guard header.hasPrefix(Self.bearer) else {
                throw Self.unauthorized("invalid authorization header. Must start with \(Self.bearer)")
            }
            text = String(header.dropFirst(Self.bearer.count))
        } else {
            text = request.parameter("access_token") ?? ""
        }
        guard !text.isEmpty else { return nil }
        do throws(AccessToken.Refusal) {
            let token = try tokens.token(text)
            try token.check(at: now)
            return token
        } catch { throw Self.unauthorized(error.text) }
    }

    /// Whether the path has the form `/twirp/<service>/...` with a service that is known.
    private static func isOfAService(_ path: String) -> Bool {
        let parts = path.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        return parts.count == 4 && parts[1] == "twirp" && LiveKitMethod.services.contains(parts[2])
    }

    private static func badRoute(_ message: String, _ request: SandboxRequest, _ path: String) -> Stopped {
        let meta = ["twirp_invalid_route": "\(request.method) \(path)"]
        return Stopped(answer: TwirpError(.badRoute, message, meta: meta).answer)
    }

    private static func unauthorized(_ text: String) -> Stopped { Stopped(answer: .text(text, status: 401)) }
}
