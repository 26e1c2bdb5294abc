/// Texts that are secrets, wherever they stand.
public struct SecretTexts: Sendable {
    private let secrets: [[UInt8]]

    /// A shorter one counts only where it stands alone, so that no number is torn by a PIN.
    private static let longEnough = 6
    /// A shorter number is in every second statement, and tells nobody anything.
    private static let shortestNumber = 4

    /// Takes them; empty ones and the shortest numbers are left out.
    public init(_ secrets: some Sequence<String>) {
        self.secrets = secrets.filter(Self.isTelling).map { Array($0.utf8) }
    }

    /// Whether there is none.
    public var isEmpty: Bool { secrets.isEmpty }

    private static func isTelling(_ secret: String) -> Bool {
        !secret.isEmpty && (secret.utf8.count >= shortestNumber || !secret.allSatisfy(\.isNumber))
    }

    /// Whether one of them stands in a text.
    public func stand(in text: String) -> Bool { !places(in: Array(text.utf8)).isEmpty }

    /// The text with a mark in the place of each.
    public func removed(from text: String, leaving mark: String) -> String {
        let bytes = Array(text.utf8)
        let places = places(in: bytes)
        return places.isEmpty ? text : Self.text(bytes, with: mark, at: places)
    }

    /// Where they stand.
    func places(in bytes: [UInt8]) -> [Span] { secrets.flatMap { Self.places(of: $0, in: bytes) } }

    /// The text with a mark in the place of each stretch; one that begins in another is part of it.
    static func text(_ bytes: [UInt8], with mark: String, at spans: [Span]) -> String {
        var (kept, end) = ([UInt8](), 0)
        for span in spans.sorted(by: { ($0.start, -$0.end) < ($1.start, -$1.end) }) {
            if span.start >= end { kept += bytes[end..<span.start] + Array(mark.utf8) }
            end = max(end, span.end)
        }
        return String(decoding: kept + bytes[end...], as: UTF8.self)
    }

    private static func places(of secret: [UInt8], in bytes: [UInt8]) -> [Span] {
        guard let first = secret.first, bytes.count >= secret.count else { return [] }
        return (0...bytes.count - secret.count).compactMap { start in
            let end = start + secret.count
            guard bytes[start] == first, bytes[start..<end].elementsEqual(secret) else { return nil }
            let isAlone = !(start > 0 && isLetter(bytes[start - 1])) && !(end < bytes.count && isLetter(bytes[end]))
            return isAlone || secret.count >= longEnough ? Span(start, end) : nil
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { Byte.isNameByte(byte) || byte >= 0x80 }
}
