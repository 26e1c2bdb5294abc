import SwitchboardCore
import SwitchboardSandbox

/// A refusal in Twilio's form (contract section 1.7).
struct TwilioError: Error, Hashable, Sendable {
    /// The number in Twilio's dictionary of errors.
    let code: Int
    let message: String
    let status: Int

    /// Makes a refusal with the status that goes with the code.
    init(_ code: Int, _ message: String) {
        self.code = code
        self.message = message
        status = Self.statuses[code] ?? 400
    }

    /// The statuses of the codes that are no 400.
    private static let statuses = [
        20003: 401, 20004: 405, 20005: 403, 20008: 403, 20404: 404, 20413: 413, 20429: 429, 20500: 500, 20503: 503,
    ]

    var answer: SandboxAnswer {
        var answer = SandboxAnswer.json(
            [
                "code": .integer(code), "message": .string(message),
                "more_info": .string("https://www.twilio.com/docs/errors/\(code)"), "status": .integer(status),
            ], status: status)
        if status == 401 { answer.headers["WWW-Authenticate"] = "Basic realm=\"Twilio API\"" }
        return answer
    }

    static let authenticate = TwilioError(20003, "Authenticate")
    static let tooManyRequests = TwilioError(20429, "Too Many Requests")

    /// The refusal of a path that leads nowhere; the trunking API names it without its version.
    static func notFound(_ path: String) -> TwilioError {
        let shown = path.hasPrefix("/v1/") ? String(path.dropFirst(3)) : path
        return TwilioError(20404, "The requested resource \(shown) was not found")
    }

    static func missing(_ parameter: String) -> TwilioError {
        TwilioError(20001, "Missing required parameter \(parameter) in the post body")
    }
}
