/// Passwords that a carrier takes: 24 letters and digits of which some are small, some large and some digits.
enum RandomPassword {
    private static let kinds = ["abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"].map(Array.init)

    /// Makes one, from the system's source of randomness.
    static func make() -> String {
        var random = SystemRandomNumberGenerator()
        let all = kinds.joined().map { $0 }
        var characters = kinds.compactMap { $0.randomElement(using: &random) }
        while characters.count < 24, let one = all.randomElement(using: &random) { characters.append(one) }
        return String(characters.shuffled(using: &random))
    }
}
