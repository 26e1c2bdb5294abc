import SwitchboardCore

/// What a refusal of Twilio's means here.
struct RefusalMeaning: Sendable {
    var code: ErrorCode
    /// Our own words for it; empty where Twilio's are the better ones.
    var words: String
    /// What the reader can do about it.
    var help: String?
    /// The parameter at fault, as Twilio calls it.
    var field: String?
    /// Whether the same call may succeed later.
    var isPassing = false
    /// Whether the change may have taken place although the status says that it was refused.
    var leavesOpen = false

    /// What a status means where Twilio tells no code, or one that this client does not know: codes are split into finer
    /// ones from time to time.
    static func of(status: Int, isTwilio: Bool) -> RefusalMeaning {
        switch status {
        case 401: return RefusalMeaning(code: .unauthorized, words: "", help: credentialsHelp)
        case 403: return RefusalMeaning(code: .forbidden, words: "", help: credentialsHelp)
        case 429: return concurrency
        case 408, 500...: return failure
        default: break
        }
        guard isTwilio, (400..<500).contains(status) else {
            return RefusalMeaning(
                code: .badAnswer, words: "status \(status)",
                help: "check the setting url; something between here and Twilio may have answered")
        }
        switch status {
        case 404: return RefusalMeaning(code: .notFound, words: "")
        case 405: return RefusalMeaning(code: .unsupported, words: "")
        case 409: return RefusalMeaning(code: .conflict, words: "")
        default: return RefusalMeaning(code: .invalidArgument, words: "")
        }
    }

    static let credentialsHelp = """
        copy both from Twilio's console again; a subaccount needs its own token, and test credentials cannot read
        """

    static let failure = RefusalMeaning(
        code: .unreachable, words: "the server failed", isPassing: true, leavesOpen: true)

    /// Twilio caps the requests that an account has under way, not their rate, and has not looked at one it refuses so.
    static let concurrency = RefusalMeaning(
        code: .rateLimited, words: "the account has too many requests under way at one time",
        help: "run fewer rows side by side, or find out what else uses the account", isPassing: true)
}
