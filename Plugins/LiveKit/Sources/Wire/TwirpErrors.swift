import SwitchboardCore
import SwitchboardHTTP

/// Turns what LiveKit answers instead of a result into errors.
struct TwirpErrors: Sendable {
    let profile: String
    let secret: String

    /// The error of an answer that refuses.
    func refusal(_ reply: ServiceReply, of call: TwirpCall) -> SwitchboardError {
        let status = reply.answer.status
        let body = (try? JSON(reading: reply.answer.body)) ?? .null
        let code = body.text("code").isEmpty ? Self.codeOfPlainAnswer(status) : body.text("code")
        let words = withoutSecrets(Self.withoutPrefix(body.text("msg")), of: call)
        var error =
            SIPRefusal.of(words, to: call).map { refused($0, words, call) }
            ?? described(status == 451 ? "region_pinned" : code, words: words, status: status, call)
        error.code = call.meanings[code] ?? error.code
        error.provider = LiveKitProvider.name
        error.status = status
        error.attempts = reply.attempts
        error.requestID = call.write?.requestID
        error.cause = words.isEmpty ? nil : "\(code): \(words)"
        // An earlier attempt may have done what this answer refuses.
        error.mayHaveHappened = call.write != nil && (error.mayHaveHappened || reply.earlierMayHaveHappened)
        if error.mayHaveHappened { error.isRetryable = false }
        return error
    }

    /// The error of a good status whose body is not what the call promises.
    func unreadable(_ reply: ServiceReply, of call: TwirpCall, _ fault: RoutingFault?) -> SwitchboardError {
        SwitchboardError(
            .badAnswer, "livekit's answer to \(call.method) makes no sense",
            help: "check that the setting url of profile '\(profile)' leads to LiveKit", provider: LiveKitProvider.name,
            status: reply.answer.status, mayHaveHappened: call.write != nil, attempts: reply.attempts,
            cause: fault?.message, requestID: call.write?.requestID)
    }

    /// Words from outside without the API secret, any token signed with it and the secrets that the call sends, should
    /// they repeat them; what is shorter than four characters is in many words by chance.
    func withoutSecrets(_ words: String, of call: TwirpCall) -> String {
        let sent = (call.write?.secrets ?? []).map { $0.reveal() }.filter { $0.count >= 4 }
        return Self.withoutTokens(([secret] + sent).reduce(words) { $0.replacing($1, with: Self.dots) })
    }

    private static let dots = "••••••"

    /// A token is three parts in base 64 with dots between them, the first of which is an object with an `alg`.
    private static func withoutTokens(_ words: String) -> String {
        var rest = words[...]
        var safe = ""
        while let start = rest.firstRange(of: "eyJ") {
            safe += rest[..<start.lowerBound] + dots
            rest = rest[start.lowerBound...].drop { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        }
        return safe + rest
    }

    private func refused(_ refusal: SIPRefusal, _ words: String, _ call: TwirpCall) -> SwitchboardError {
        SwitchboardError(
            refusal.code, "livekit refused \(call.method): \(words)", fields: refusal.field.map { [$0: words] } ?? [:])
    }

    private func described(_ code: String, words: String, status: Int, _ call: TwirpCall) -> SwitchboardError {
        let said = words.isEmpty ? "without a reason" : words
        switch code {
        case "unauthenticated", "permission_denied":
            return SwitchboardError(
                .unauthorized,
                "livekit refused the credentials of profile '\(profile)' (setting api_key or api_secret)",
                help: "copy the key and its secret again from the project's settings, and check this machine's clock")
        case "region_pinned":
            return SwitchboardError(
                .forbidden, "the livekit project of profile '\(profile)' may not be used from this region",
                help: "the project is pinned to a region: use its regional URL")
        case "bad_route", "unimplemented":
            return SwitchboardError(
                .unsupported, "this livekit server does not offer \(call.method)",
                help: call.service == .phoneNumbers
                    ? "phone numbers exist on LiveKit Cloud only; check the setting url" : "check the setting url")
        case "not_found": return SwitchboardError(.notFound, "livekit refused \(call.method): \(said)")
        case "already_exists", "failed_precondition", "aborted":
            return SwitchboardError(.conflict, "livekit refused \(call.method): \(said)")
        case "invalid_argument", "malformed", "out_of_range":
            return SwitchboardError(.invalidArgument, "livekit refused \(call.method): \(said)")
        case "resource_exhausted":
            return SwitchboardError(
                .rateLimited, "livekit asks to slow down, or a quota of the project is used up: \(said)",
                help: "wait a minute, or lower the rate of the profile", isRetryable: true)
        default: return Self.unexpected(said, status: status, call)
        }
    }

    /// A server error, or a status that no LiveKit answers this call with.
    private static func unexpected(_ said: String, status: Int, _ call: TwirpCall) -> SwitchboardError {
        guard status >= 500 || status == 408 else {
            return SwitchboardError(
                .badAnswer, "livekit answered \(call.method) with status \(status): \(said)",
                help: "check the setting url; something between here and LiveKit may have answered",
                mayHaveHappened: !(400..<500).contains(status))
        }
        return SwitchboardError(
            .unreachable, "livekit failed at \(call.method) with status \(status): \(said)",
            isRetryable: true, mayHaveHappened: true)
    }

    /// The code that a proxy's or a middleware's answer stands for, as LiveKit's own clients read it.
    private static func codeOfPlainAnswer(_ status: Int) -> String {
        switch status {
        case 401: "unauthenticated"
        case 403: "permission_denied"
        case 404: "bad_route"
        case 429: "resource_exhausted"
        default: "unknown"
        }
    }

    /// LiveKit passes some inner errors on in their text form.
    private static func withoutPrefix(_ message: String) -> String {
        let prefix = "twirp error unknown: "
        return message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message
    }
}
