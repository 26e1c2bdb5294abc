/// The names that profiles and secrets may have.
enum PlainName {
    /// What a name is made of.
    static let rule = "1 to 64 letters, digits, - _ ."

    /// Whether a text is such a name.
    static func fits(_ text: String) -> Bool {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_.".unicodeScalars.contains($0))
        }
        return isPlain && (1...64).contains(text.utf8.count)
    }
}
