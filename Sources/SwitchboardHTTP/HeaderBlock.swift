import SwitchboardCore

/// Reads the header block of an answer.
enum HeaderBlock {
    /// The fields in their order; a folded line is joined to the field that it continues.
    static func fields(of block: UnsafeBufferPointer<UInt8>) -> [HTTPField] {
        var fields: [HTTPField] = []
        for line in block.split(separator: UInt8(ascii: "\n")).dropFirst() {
            if let first = line.first, isBlank(first), let last = fields.indices.last {
                fields[last].value += " " + text(trimmed(line))
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                fields.append(
                    HTTPField(text(trimmed(line[..<colon])), text(trimmed(line[line.index(after: colon)...]))))
            }
        }
        return fields
    }

    private static func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private static func trimmed(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Slice<UnsafeBufferPointer<UInt8>> {
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return bytes
    }
}
