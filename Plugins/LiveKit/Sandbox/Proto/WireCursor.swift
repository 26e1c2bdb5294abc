/// How a value stands in protobuf's binary form; its number is the low three bits of the tag before it.
enum WireType: UInt64, Sendable {
    case varint
    case fixed64
    case length
    case startGroup
    case endGroup
    case fixed32
}

/// Walks through protobuf's binary form; whatever is cut off or too long is malformed.
struct WireCursor {
    typealias Malformed = ProtoReader.Malformed

    /// What stands before every value.
    struct Tag {
        let number: Int
        let type: WireType
    }

    private static let groupDepth = 100
    private static let numbers: ClosedRange<UInt64> = 1...536_870_911
    private let bytes: [UInt8]
    private var place: Int
    private let end: Int

    init(_ bytes: [UInt8]) { self.init(bytes, 0, bytes.count) }

    private init(_ bytes: [UInt8], _ place: Int, _ end: Int) {
        self.bytes = bytes
        self.place = place
        self.end = end
    }

    var isAtEnd: Bool { place == end }

    /// The bytes that are left.
    var rest: ArraySlice<UInt8> { bytes[place..<end] }

    mutating func tag() throws(Malformed) -> Tag {
        let value = try varint()
        guard Self.numbers.contains(value >> 3), let type = WireType(rawValue: value & 7) else { throw Malformed() }
        return Tag(number: Int(value >> 3), type: type)
    }

    /// Seven bits a byte, the low ones first; the tenth byte has room for one bit.
    mutating func varint() throws(Malformed) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard place < end else { throw Malformed() }
            let byte = bytes[place]
            place += 1
            guard shift < 63 || byte <= 1 else { throw Malformed() }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return value
    }

    mutating func fixed64() throws(Malformed) -> UInt64 {
        let start = place
        try pass(8)
        return bytes[start..<place].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A piece that its own length precedes.
    mutating func piece() throws(Malformed) -> WireCursor {
        let length = Int(clamping: try varint())
        let start = place
        try pass(length)
        return WireCursor(bytes, start, place)
    }

    mutating func text() throws(Malformed) -> String {
        guard let text = String(validating: try piece().rest, as: UTF8.self) else { throw Malformed() }
        return text
    }

    /// Passes over the value of a tag; a group with all that is in it, up to its own end.
    mutating func skip(_ first: Tag) throws(Malformed) {
        var groups: [Int] = []
        var tag = first
        while true {
            switch tag.type {
            case .varint: _ = try varint()
            case .fixed64: try pass(8)
            case .length: _ = try piece()
            case .fixed32: try pass(4)
            case .startGroup: groups.append(tag.number)
            case .endGroup: guard groups.popLast() == tag.number else { throw Malformed() }
            }
            if groups.isEmpty { return }
            guard groups.count <= Self.groupDepth else { throw Malformed() }
            tag = try self.tag()
        }
    }

    private mutating func pass(_ count: Int) throws(Malformed) {
        guard count <= end - place else { throw Malformed() }
        place += count
    }
}
