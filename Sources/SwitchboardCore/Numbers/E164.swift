/// A phone number in E.164 form: `+`, then 7 to 15 digits of which the first is not 0.
public struct E164: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The number with its `+`.
    public let text: String

    /// Reads the exact form and nothing else; nil for anything that is not it.
    public init?(_ text: String) {
        let (bytes, digits) = (text.utf8, text.utf8.dropFirst())
        guard (8...16).contains(bytes.count), bytes.first == UInt8(ascii: "+"), digits.first != UInt8(ascii: "0"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.text = text
    }

    /// Decodes the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let number = E164(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not an E.164 number")
        }
        self = number
    }

    /// Encodes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// The number with its `+`.
    public var description: String { text }

    /// The order of the texts.
    public static func < (left: E164, right: E164) -> Bool { left.text < right.text }
}
