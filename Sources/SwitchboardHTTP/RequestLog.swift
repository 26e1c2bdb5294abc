import FoundationEssentials
import SwitchboardCore

/// Writes the line of one attempt: enough to find it at the vendor, nothing that opens a door.
///
/// Header values of requests and bodies are never in it.
enum RequestLog {
    /// Answer headers in which vendors send the id that their support desk asks for.
    static let requestIDHeaders = ["X-Livekit-Request-Id", "Twilio-Request-Id", "X-Request-Id", "Request-Id"]
    /// A query item is hidden when its name contains one of these.
    static let secretWords = ["auth", "credential", "key", "pass", "pin", "secret", "sig", "token"]

    /// The line of one attempt.
    static func line(_ call: ServiceCall, _ result: AttemptResult, attempt: Int, took seconds: Double) -> String {
        var line = "\(call.request.method) \(redacted(call.request.url)) \(call.operation) \(words(result))"
        line += " \(Int((max(0, seconds) * 1000).rounded())) ms attempt \(attempt)"
        if case .answer(let answer) = result, let id = requestID(of: answer) { line += " request-id \(id)" }
        return visible(line)
    }

    /// The vendor's id of the request, or nil.
    static func requestID(of answer: HTTPAnswer) -> String? {
        requestIDHeaders.lazy.compactMap { answer.header($0) }.first { !$0.isEmpty }
    }

    /// The URL without user information and fragment, with `[redacted]` for the values of secret query items.
    static func redacted(_ url: String) -> String {
        let text = withoutUserInfo(url.prefix { $0 != "#" })
        guard let mark = text.firstIndex(of: "?") else { return text }
        let items = text[mark...].dropFirst().split(separator: "&", omittingEmptySubsequences: false)
        return "\(text[...mark])\(items.map(redactedItem).joined(separator: "&"))"
    }

    private static func withoutUserInfo(_ url: Substring) -> String {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else { return String(url) }
        let afterScheme = url[colon...].dropFirst(3)
        let authority = afterScheme.prefix { $0 != "/" && $0 != "?" }
        guard let at = authority.lastIndex(of: "@") else { return String(url) }
        return "\(url[..<afterScheme.startIndex])\(url[at...].dropFirst())"
    }

    private static func redactedItem(_ item: Substring) -> String {
        guard let equals = item.firstIndex(of: "=") else { return String(item) }
        let name = item[..<equals].lowercased()
        // A name that hides letters behind percent signs is not worth the risk.
        let isSecret = name.contains("%") || secretWords.contains { name.contains($0) }
        return isSecret ? "\(item[...equals])[redacted]" : String(item)
    }

    private static func words(_ result: AttemptResult) -> String {
        switch result {
        case .answer(let answer): "\(answer.status)"
        case .failure(let failure): "failed (\(failure.message))"
        }
    }

    /// The line with every control character written as `\u{1b}`: part of it comes from outside.
    private static func visible(_ line: String) -> String {
        var result = ""
        for scalar in line.unicodeScalars {
            if scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
                || scalar.properties.generalCategory == .lineSeparator
                || scalar.properties.generalCategory == .paragraphSeparator
            {
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
