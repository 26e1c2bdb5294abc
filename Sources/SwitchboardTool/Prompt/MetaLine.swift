import Switchboard

/// A line of the prompt's own, such as `:watch 5s list`: its command and what stands behind it.
struct MetaLine {
    /// The word behind the colon.
    let name: String
    /// The command of this name.
    let command: MetaCommand?
    /// What stands behind the name, without blanks around it.
    let argument: String
    /// Where the name ends, in bytes.
    let nameEnd: Int
    /// What stands in front of the statement that the command takes.
    let front: String
    /// The text with blanks in place of `front`, so that the statement stands where it stood.
    let statement: String
    private let bytes: [UInt8]
    private let start: Int

    /// Takes a line apart; nil for one that begins with no colon.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        let start = Self.startOfWord(bytes, 0)
        guard start < bytes.count, bytes[start] == UInt8(ascii: ":") else { return nil }
        let nameEnd = Self.endOfWord(bytes, start)
        name = String(decoding: bytes[(start + 1)..<nameEnd], as: UTF8.self)
        argument = String(decoding: bytes[nameEnd...], as: UTF8.self).trimmed
        command = MetaCommand.named(name)
        let end =
            switch command?.statement {
            case .line?: start + 1
            case .behind(let words)?:
                (0..<words).reduce(nameEnd) { end, _ in Self.endOfWord(bytes, Self.startOfWord(bytes, end)) }
            case .draft?, nil: nameEnd
            }
        front = String(decoding: bytes[..<end], as: UTF8.self)
        statement = String(repeating: " ", count: end) + String(decoding: bytes[end...], as: UTF8.self)
        (self.bytes, self.start, self.nameEnd) = (bytes, start, nameEnd)
    }

    /// What is written of the name or the argument up to an offset.
    func word(at offset: Int) -> (text: String, span: Span) {
        let start = min(offset <= nameEnd ? start : Self.startOfWord(bytes, nameEnd), offset)
        return (String(decoding: bytes[start..<offset], as: UTF8.self), Span(start, offset))
    }

    /// Whether an offset is in front of the statement.
    func isInFront(_ offset: Int) -> Bool {
        offset <= nameEnd || command?.statement == nil || offset <= front.utf8.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A].contains(byte) }

    private static func startOfWord(_ bytes: [UInt8], _ place: Int) -> Int {
        bytes[place...].firstIndex { !isBlank($0) } ?? bytes.count
    }

    private static func endOfWord(_ bytes: [UInt8], _ start: Int) -> Int {
        bytes[start...].firstIndex(where: isBlank) ?? bytes.count
    }
}
