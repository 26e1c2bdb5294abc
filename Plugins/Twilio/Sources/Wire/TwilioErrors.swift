import SwitchboardCore
import SwitchboardHTTP

/// What Twilio refuses: its own code beside the error that users see.
struct TwilioRefusal: Error {
    /// Twilio's code, or nil where the answer has none.
    var code: Int?
    var error: SwitchboardError
}

/// Turns what Twilio answers instead of a result into errors.
struct TwilioErrors: Sendable {
    let profile: String
    let secrets: [Secret]

    /// The error of an answer that refuses: by Twilio's code, else by the status, never by the words.
    func refusal(_ reply: ServiceReply, of call: TwilioCall) -> TwilioRefusal {
        let status = reply.answer.status
        let body = (try? JSON(reading: reply.answer.body)) ?? .null
        let code = body["code"]?.integer
        // The words of the classic shape, then of RFC 9457, which newer services of Twilio have.
        let words = withoutSecrets(body.words("message") ?? body.words("detail") ?? body.words("title") ?? "", of: call)
        let requestID = reply.answer.header("Twilio-Request-Id")
        let isTwilio = code != nil || requestID != nil
        let meaning =
            code.flatMap { RefusalMeaning.byCode[$0] } ?? RefusalMeaning.of(status: status, isTwilio: isTwilio)
        var error = error(meaning, words, call)
        error.provider = TwilioProvider.name
        error.status = status
        error.attempts = reply.attempts
        error.requestID = requestID
        error.cause = words.isEmpty ? nil : code.map { "\($0): \(words)" } ?? words
        // An earlier attempt may have done what this answer refuses, and only a 4xx says that nothing was done.
        let isOpen = !(400..<500).contains(status) || status == 408 || meaning.leavesOpen
        error.mayHaveHappened = call.isWrite && (isOpen || reply.earlierMayHaveHappened)
        error.isRetryable = meaning.isPassing && !error.mayHaveHappened
        return TwilioRefusal(code: code, error: error)
    }

    /// The error of a good status whose body is not what the call promises.
    func unreadable(_ reply: ServiceReply, of call: TwilioCall) -> SwitchboardError {
        SwitchboardError(
            .badAnswer, "twilio's answer to \(call.operation) makes no sense",
            help: "check that the setting url of profile '\(profile)' leads to Twilio", provider: TwilioProvider.name,
            status: reply.answer.status, mayHaveHappened: call.isWrite, attempts: reply.attempts,
            requestID: reply.answer.header("Twilio-Request-Id"))
    }

    /// What is read of a good answer; a fault that is found in it comes after the change that the call made.
    func telling<Answer>(
        of reply: ServiceReply, to call: TwilioCall, _ read: () throws -> Answer?
    ) throws -> Answer? {
        do { return try read() } catch {
            var error = SwitchboardError(wrapping: error)
            error.status = reply.answer.status
            error.attempts = reply.attempts
            error.mayHaveHappened = call.isWrite
            throw error
        }
    }

    /// The error of a wait that was broken off between two attempts.
    func interruption(_ error: any Error, _ reply: ServiceReply, of call: TwilioCall) -> SwitchboardError {
        var wrapped = SwitchboardError(wrapping: error)
        if wrapped.code == .cancelled { wrapped.message = "\(call.operation) at twilio was cancelled" }
        wrapped.provider = TwilioProvider.name
        wrapped.attempts = reply.attempts
        wrapped.mayHaveHappened = reply.earlierMayHaveHappened
        return wrapped
    }

    /// The error without the secrets of the account and of the call in its cause.
    func withoutSecrets(_ error: SwitchboardError, of call: TwilioCall) -> SwitchboardError {
        var error = error
        error.cause = error.cause.map { withoutSecrets($0, of: call) }
        return error
    }

    private func error(_ meaning: RefusalMeaning, _ words: String, _ call: TwilioCall) -> SwitchboardError {
        let said = meaning.words.isEmpty ? (words.isEmpty ? "without a reason" : words) : meaning.words
        let message =
            meaning.code == .unauthorized
            ? "twilio refused the credentials of profile '\(profile)' (setting account_sid or auth_token)"
            : "twilio refused \(call.operation): \(said)"
        return SwitchboardError(
            meaning.code, message, help: meaning.help, fields: meaning.field.map { [$0: meaning.words] } ?? [:])
    }

    /// Words from outside without the secrets, plain or as a form has them, should they repeat them; what is shorter than
    /// four characters is in many words by chance.
    private func withoutSecrets(_ words: String, of call: TwilioCall) -> String {
        let sent = (secrets + call.secrets).map { $0.reveal() }.filter { $0.count >= 4 }
        return sent.reduce(words) { words, secret in
            words.replacing(secret, with: "••••••").replacing(PercentEncoding.encode(secret), with: "••••••")
        }
    }
}
