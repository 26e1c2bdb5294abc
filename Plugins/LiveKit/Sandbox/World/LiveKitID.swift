/// LiveKit's ids: a prefix and 12 characters that cannot be mistaken for each other (contract section 4.6).
enum LiveKitID {
    static let number = "PN_PPN_"
    static let rule = "SDR_"
    static let trunk = "ST_"
    static let participant = "PA_"
    static let call = "SCL_"
    static let transfer = "STR_"
    private static let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")

    /// A new random id.
    static func make(_ prefix: String) -> String {
        prefix + String((0..<12).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] })
    }
}
