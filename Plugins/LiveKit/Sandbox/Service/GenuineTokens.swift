import Synchronization

/// The tokens whose signature was found to be good, so that one which comes with every call is verified once.
final class GenuineTokens: Sendable {
    private static let capacity = 256
    private let keys: APIKeys
    private let tokens = Mutex<[String: AccessToken]>([:])

    init(keys: APIKeys) { self.keys = keys }

    /// What the token says, whatever the time.
    func token(_ text: String) throws(AccessToken.Refusal) -> AccessToken {
        if let known = tokens.withLock({ $0[text] }) { return known }
        let token = try AccessToken(verifying: text, keys: keys)
        tokens.withLock { tokens in
            if tokens.count >= Self.capacity { tokens = [:] }
            tokens[text] = token
        }
        return token
    }
}
