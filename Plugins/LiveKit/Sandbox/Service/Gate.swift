import SwitchboardSandbox

/// The checks before the service proper, in LiveKit's order: token, service path, method, content type.
struct Gate: Sendable {
    let keys: APIKeys

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
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, parts[1] == "twirp", LiveKitMethod.services.contains(parts[2]) else {
            throw Stopped(answer: .text("404 page not found", status: 404))
        }
        let route = ["twirp_invalid_route": "\(request.method) \(path)"]
        guard request.method == "POST" else {
            throw Self.badRoute("unsupported method \"\(request.method)\" (only POST is allowed)", route)
        }
        guard let method = LiveKitMethod.all[path] else {
            throw Self.badRoute("no handler for path \"\(path)\"", route)
        }
        let type = request.header("Content-Type") ?? ""
        guard let form = WireForm(contentType: type) else {
            throw Self.badRoute("unexpected Content-Type: \"\(type)\"", route)
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
        } else if let parameter = request.parameter("access_token"), !parameter.isEmpty {
            text = parameter
        } else {
            return nil
        }
        do throws(AccessToken.Refusal) {
            return try AccessToken(verifying: text, keys: keys, now: now)
        } catch { throw Self.unauthorized(error.text) }
    }

    private static func badRoute(_ message: String, _ meta: [String: String]) -> Stopped {
        Stopped(answer: TwirpError(.badRoute, message, meta: meta).answer)
    }

    private static func unauthorized(_ text: String) -> Stopped { Stopped(answer: .text(text, status: 401)) }
}
