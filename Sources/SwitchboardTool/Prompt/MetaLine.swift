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

    /// Takes a line apart; nil for one that begins with no colon.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        let start = Self.startOfWord(bytes, 0)
        guard start < bytes.count, bytes[start] == UInt8(ascii: ":") else { return nil }
        let nameEnd = Self.endOfWord(bytes, start)
        name = String(decoding: bytes[(start + 1)..<nameEnd], as: UTF8.self)
        argument = String(decoding: bytes[nameEnd...], as: UTF8.self).trimmed
        command = MetaCommand.named(name)
        let end = (0..<(command?.wordsBeforeStatement ?? 0)).reduce(nameEnd) { end, _ in
            Self.endOfWord(bytes, Self.startOfWord(bytes, end))
        }
        front = String(decoding: bytes[..<end], as: UTF8.self)
        statement = String(repeating: " ", count: end) + String(decoding: bytes[end...], as: UTF8.self)
        (self.bytes, self.nameEnd) = (bytes, nameEnd)
    }

    /// What is written of the word at an offset.
    func word(at offset: Int) -> (text: String, span: Span) {
        let start = bytes[..<offset].lastIndex(where: Self.isBlank).map { $0 + 1 } ?? 0
        return (String(decoding: bytes[start..<offset], as: UTF8.self), Span(start, offset))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A].contains(byte) }

    private static func startOfWord(_ bytes: [UInt8], _ place: Int) -> Int {
        bytes[place...].firstIndex { !isBlank($0) } ?? bytes.count
    }

    private static func endOfWord(_ bytes: [UInt8], _ start: Int) -> Int {
        bytes[start...].firstIndex(where: isBlank) ?? bytes.count
    }
}
