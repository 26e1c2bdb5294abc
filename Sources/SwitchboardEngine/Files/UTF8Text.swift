/// Tells how much of some bytes is text: UTF-8 without a NUL.
enum UTF8Text {
    /// Where the text ends that begins at `start`: at the first byte that is no text, or at a character whose rest may
    /// follow behind the last byte.
    static func end(in bytes: UnsafePointer<UInt8>, from start: Int, to count: Int) -> (end: Int, isBad: Bool) {
        var place = start
        while place < count {
            if place &+ 8 <= count, isPlain(bytes + place) {
                place &+= 8
                continue
            }
            let length = length(of: bytes + place, atMost: count - place)
            if length <= 0 { return (place, length < 0) }
            place += length
        }
        return (place, false)
    }

    /// Whether the next eight bytes are ASCII without a NUL.
    @inline(__always)
    private static func isPlain(_ bytes: UnsafePointer<UInt8>) -> Bool {
        let word = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)
        let hasZero = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
        return word & 0x8080_8080_8080_8080 == 0 && !hasZero
    }

    /// The length of the character that begins here; 0 where its rest is missing, -1 where it is none.
    private static func length(of bytes: UnsafePointer<UInt8>, atMost count: Int) -> Int {
        let (length, second): (Int, ClosedRange<UInt8>)
        switch bytes[0] {
        case 0x01...0x7F: return 1
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return -1
        }
        for place in 1..<length {
            if place >= count { return 0 }
            if !(place == 1 ? second : 0x80...0xBF).contains(bytes[place]) { return -1 }
        }
        return length
    }
}
