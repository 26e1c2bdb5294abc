import SwitchboardCore

/// Turns what a vendor answers instead of a result into errors.
struct JSONServiceErrors: Sendable {
    let manifest: ProviderManifest
    let profile: String
    let secrets: [Secret]
    let meanings: [String: ErrorCode]
    let refusal: JSONService.RefusalReader

    private var name: String { manifest.name }

    /// The error of an answer that refuses: by the vendor's code, else by the status, never by the words.
    func refusal(_ reply: ServiceReply, of call: ServiceCall) -> SwitchboardError {
        let status = reply.answer.status
        let said = (try? JSON(reading: reply.answer.body)).flatMap(refusal)
        let words = said.map { withoutSecrets($0.words.isEmpty ? $0.code : $0.words) } ?? "status \(status)"
        let code = said.flatMap { meanings[$0.code] } ?? Self.meaning(of: status, isVendor: said != nil)
        var error = described(code, words, call.operation)
        error.status = status
        error.cause = said.map { withoutSecrets("\($0.code): \($0.words)") }
        // Only a 4xx says that nothing was done, and it may speak of what an earlier attempt has done.
        let isOpen = !(400..<500).contains(status) || status == 408 || reply.earlierMayHaveHappened
        error.mayHaveHappened = call.isWrite && isOpen
        error.isRetryable = [.rateLimited, .unreachable].contains(code) && !error.mayHaveHappened
        return told(error, reply)
    }

    /// The error of a good status whose body is not what the call promises.
    func unreadable(_ reply: ServiceReply, of call: ServiceCall) -> SwitchboardError {
        var error = SwitchboardError(
            .badAnswer, "\(name)'s answer to \(call.operation) makes no sense", help: strangerHelp,
            mayHaveHappened: call.isWrite)
        error.status = reply.answer.status
        return told(error, reply)
    }

    /// The error of a list that leads in a circle or does not end.
    func endless(_ operation: String, pages: Int) -> SwitchboardError {
        SwitchboardError(
            .badAnswer, "the list of \(name)'s \(operation) does not end", provider: name, status: 200, attempts: pages)
    }

    /// The error of a base URL that is none.
    func badBase(_ error: SwitchboardError) -> SwitchboardError {
        let setting = manifest.settings.first(where: \.isURL)?.name ?? "url"
        return SwitchboardError(
            .invalidArgument, "the \(name) setting '\(setting)' of profile '\(profile)' is no URL",
            help: error.message, provider: name, fields: [setting: error.message])
    }

    /// The error of a call that got no answer, or could not be made.
    func failure(_ error: any Error) -> SwitchboardError {
        var error = SwitchboardError(wrapping: error)
        error.provider = name
        error.cause = error.cause.map(withoutSecrets)
        return error
    }

    /// What a status means where the vendor's code tells no more; that a thing is not there is told by the code alone.
    private static func meaning(of status: Int, isVendor: Bool) -> ErrorCode {
        switch status {
        case 401: .unauthorized
        case 403: .forbidden
        case 429: .rateLimited
        case 408, 500...: .unreachable
        case 402 where isVendor: .paymentRequired
        case 404 where isVendor, 405 where isVendor: .unsupported
        case 409 where isVendor: .conflict
        case 400..<500 where isVendor: .invalidArgument
        default: .badAnswer
        }
    }

    private func described(_ code: ErrorCode, _ words: String, _ operation: String) -> SwitchboardError {
        switch code {
        case .unauthorized:
            let settings = manifest.settings.filter(\.isSecret).map(\.name).joined(separator: " or ")
            return SwitchboardError(
                code, "\(name) refused the credentials of profile '\(profile)' (setting \(settings))",
                help: "copy them from \(manifest.displayName) again and store them with: connect \(name)")
        case .taken:
            return SwitchboardError(
                code, "\(name) refused \(operation): \(words)", help: "search again and choose another number")
        case .rateLimited:
            return SwitchboardError(
                code, "\(name) asks to slow down: \(words)", help: "wait a minute, or run fewer rows side by side")
        case .unreachable: return SwitchboardError(code, "\(name) failed at \(operation): \(words)")
        case .badAnswer:
            return SwitchboardError(
                code, "\(name) answered \(operation) in a form that is not its own: \(words)", help: strangerHelp)
        default: return SwitchboardError(code, "\(name) refused \(operation): \(words)")
        }
    }

    private var strangerHelp: String {
        "check the settings of profile '\(profile)'; something between here and \(name) may have answered"
    }

    private func told(_ error: SwitchboardError, _ reply: ServiceReply) -> SwitchboardError {
        var error = error
        error.provider = name
        error.attempts = reply.attempts
        error.requestID = RequestLog.requestID(of: reply.answer)
        return error
    }

    /// Words from outside without the secrets, plain or percent-encoded; what is shorter than four characters is in many
    /// words by chance.
    private func withoutSecrets(_ words: String) -> String {
        secrets.map { $0.reveal() }.filter { $0.count >= 4 }.reduce(words) { words, secret in
            words.replacing(secret, with: "••••••").replacing(PercentEncoding.encode(secret), with: "••••••")
        }
    }
}

extension ServiceCall {
    /// Whether the call changes something.
    var isWrite: Bool { if case .freely = repeatability { false } else { true } }
}
