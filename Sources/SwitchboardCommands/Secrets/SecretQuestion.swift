import SwitchboardCore
import SwitchboardEngine

/// A secret that a command is given: all of standard input, or what a person types twice without echo, as nobody but
/// that person knows whether it is the right one.
struct SecretQuestion {
    /// What the person is asked, such as `secret acme-trunk: `.
    var question: String
    /// What faults call it, such as `the secret 'acme-trunk'`.
    var name: String
    /// What a fault leaves as it was, such as `nothing was stored`.
    var consequence: String

    /// The most that a secret may hold, in bytes of UTF-8.
    private static let limit = 16_384

    /// Asks, and refuses what is no secret; `isRead` where standard input holds it.
    func ask(_ host: Host, isRead: Bool) throws -> Secret {
        let secret = try isRead ? answer(question, .input, host) : typed(host)
        guard let fault = Self.fault(of: secret.reveal()) else { return secret }
        throw SwitchboardError(.invalidArgument, "\(name) \(fault); \(consequence)")
    }

    private func typed(_ host: Host) throws -> Secret {
        let secret = try answer(question, .person, host)
        if secret.reveal().isEmpty { return secret }
        guard try answer("the same again: ", .person, host) == secret else {
            throw SwitchboardError(.invalidArgument, "\(name) was typed in two ways; \(consequence)")
        }
        return secret
    }

    private func answer(_ question: String, _ source: SecretSource, _ host: Host) throws -> Secret {
        if let secret = host.askSecret(question, source) { return secret }
        throw SwitchboardError(
            .invalidArgument, "nobody gave \(name)", help: "--stdin reads it from standard input")
    }

    private static func fault(of text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.utf8.count > limit { return "has more than \(limit) bytes" }
        // What decoding leaves behind for bytes that are no text.
        return text.unicodeScalars.contains("\u{FFFD}") ? "is not UTF-8" : nil
    }
}
