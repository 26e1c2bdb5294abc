extension JSON {
    /// Why a text is not JSON, and at which byte.
    public struct Unreadable: Error, Hashable, Sendable {
        /// What was expected or refused.
        public var reason: String
        /// The byte's place, from 0.
        public var offset: Int
    }

    /// Reads one value that fills the whole input; strict UTF-8, at most 100 levels deep.
    public init(reading bytes: [UInt8]) throws(Unreadable) {
        var reader = JSONReader(bytes)
        self = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.atEnd else { throw reader.refuse("expected the end") }
    }

    /// Reads the first value and ignores whatever follows it.
    public init(readingFirstOf bytes: [UInt8]) throws(Unreadable) {
        var reader = JSONReader(bytes)
        self = try reader.value(depth: 0)
    }

    /// Reads one value that fills the whole text.
    public init(reading text: String) throws(Unreadable) { try self.init(reading: Array(text.utf8)) }
}

struct JSONReader {
    static let depthLimit = 100
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var atEnd: Bool { place >= bytes.count }

    func refuse(_ reason: String) -> JSON.Unreadable { .init(reason: reason, offset: place) }

    mutating func skipSpace() {
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x09, 0x0A, 0x0D: place += 1
            default: return
            }
        }
    }

    mutating func value(depth: Int) throws(JSON.Unreadable) -> JSON {
        guard depth <= Self.depthLimit else { throw refuse("deeper than \(Self.depthLimit) levels") }
        skipSpace()
        guard place < bytes.count else { throw refuse("expected a value") }
        switch bytes[place] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func word(_ word: String, _ value: JSON) throws(JSON.Unreadable) -> JSON {
        guard bytes[place...].starts(with: word.utf8) else { throw refuse("expected \(word)") }
        place += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSON.Unreadable) -> JSON {
        place += 1
        var members: [JSON.Member] = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { throw refuse("expected a name") }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw refuse("expected ':'") }
            members.append(.init(name, try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw refuse("expected ',' or '}'") }
        }
    }

    private mutating func array(depth: Int) throws(JSON.Unreadable) -> JSON {
        place += 1
        var elements: [JSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw refuse("expected ',' or ']'") }
        }
    }

    private mutating func digits() -> Bool {
        let start = place
        while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
        return place > start
    }

    private mutating func number() throws(JSON.Unreadable) -> String {
        let start = place
        _ = take(UInt8(ascii: "-"))
        let first = place
        guard digits() else { throw refuse("expected a value") }
        if bytes[first] == 0x30, place - first > 1 { throw refuse("a number has no leading zero") }
        if take(UInt8(ascii: ".")), !digits() { throw refuse("expected a digit") }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() else { throw refuse("expected a digit") }
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func string() throws(JSON.Unreadable) -> String {
        place += 1
        let start = place
        skipPlain()
        let end = place
        return take(UInt8(ascii: "\"")) ? try valid(bytes[start..<end]) : try string(after: Array(bytes[start..<end]))
    }

    /// The rest of a string that has an escape, is refused or does not end.
    private mutating func string(after beginning: [UInt8]) throws(JSON.Unreadable) -> String {
        var text = beginning
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                place += 1
                return try valid(text[...])
            case UInt8(ascii: "\\"):
                place += 1
                try escape(into: &text)
            case 0..<0x20:
                place += 1
                throw refuse("a control character must be escaped")
            default:
                let start = place
                skipPlain()
                text += bytes[start..<place]
            }
        }
        throw refuse("expected '\"'")
    }

    /// Passes over what a string holds as it is.
    private mutating func skipPlain() {
        while place < bytes.count, bytes[place] >= 0x20, bytes[place] != 0x22, bytes[place] != 0x5C { place += 1 }
    }

    /// The text of these bytes; ASCII, as nearly all of it is, goes past the standard library's slow validation.
    private func valid(_ text: ArraySlice<UInt8>) throws(JSON.Unreadable) -> String {
        if text.allSatisfy({ $0 < 0x80 }) { return String(decoding: text, as: UTF8.self) }
        guard let valid = String(validating: text, as: UTF8.self) else { throw refuse("not UTF-8") }
        return valid
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSON.Unreadable) {
        guard place < bytes.count else { throw refuse("expected an escape") }
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += UTF8.encode(try scalar()).map(Array.init) ?? []
        default: throw refuse("no such escape")
        }
    }

    private mutating func scalar() throws(JSON.Unreadable) -> Unicode.Scalar {
        let high = try unit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw refuse("half a pair") }
        let low = try unit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(high - 0xD800) << 10) + UInt32(low - 0xDC00))
        else { throw refuse("half a pair") }
        return scalar
    }

    private mutating func unit() throws(JSON.Unreadable) -> UInt16 {
        guard place + 4 <= bytes.count, bytes[place..<place + 4].allSatisfy(\.isHexDigit),
            let unit = UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
        else { throw refuse("expected four hexadecimal digits") }
        place += 4
        return unit
    }
}

extension UInt8 {
    var isHexDigit: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
