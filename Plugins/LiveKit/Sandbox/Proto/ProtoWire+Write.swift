extension ProtoWire {
    /// The message in binary form: fields in the order of their numbers, defaults left out, numbers packed, maps in the
    /// order of their keys, so that equal messages have equal bytes.
    static func write(_ message: ProtoMessage) -> [UInt8] {
        var output: [UInt8] = []
        for field in message.schema.byNumber {
            guard let value = message[field.name].flatMap(field.normal) else { continue }
            write(value, field.number, to: &output)
        }
        return output
    }

    private static func write(_ value: ProtoValue, _ number: Int, to output: inout [UInt8]) {
        switch value {
        case .list(let elements): write(elements, number, to: &output)
        case .map(let map):
            for (key, value) in map.sorted(by: { $0.key < $1.key }) {
                var entry: [UInt8] = []
                write(.string(key), 1, to: &entry)
                write(.string(value), 2, to: &entry)
                write(entry, as: number, to: &output)
            }
        case .string(let text): write(Array(text.utf8), as: number, to: &output)
        case .message(let message): write(write(message), as: number, to: &output)
        case .duration(let length): write(parts(length.seconds, length.nanoseconds), as: number, to: &output)
        case .timestamp(let time): write(parts(time.seconds, time.nanoseconds), as: number, to: &output)
        case .anyMessage(let message): write(message.bytes, as: number, to: &output)
        case .integer, .bool, .enumeration, .double:
            write(tag: number, value.wireType, to: &output)
            write(scalar: value, to: &output)
        }
    }

    private static func write(_ elements: [ProtoValue], _ number: Int, to output: inout [UInt8]) {
        guard let first = elements.first, first.wireType != .length else {
            for element in elements { write(element, number, to: &output) }
            return
        }
        var packed: [UInt8] = []
        for element in elements { write(scalar: element, to: &packed) }
        write(packed, as: number, to: &output)
    }

    private static func write(scalar value: ProtoValue, to output: inout [UInt8]) {
        switch value {
        case .integer(let number): write(varint: UInt64(bitPattern: number), to: &output)
        case .enumeration(let number): write(varint: UInt64(bitPattern: Int64(number)), to: &output)
        case .bool(let truth): output.append(truth ? 1 : 0)
        case .double(let number):
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                output.append(UInt8(truncatingIfNeeded: number.bitPattern >> shift))
            }
        default: return
        }
    }

    private static func parts(_ seconds: Int64, _ nanoseconds: Int32) -> [UInt8] {
        var output: [UInt8] = []
        for (number, part) in [(1, seconds), (2, Int64(nanoseconds))] where part != 0 {
            write(.integer(part), number, to: &output)
        }
        return output
    }

    private static func write(_ piece: [UInt8], as number: Int, to output: inout [UInt8]) {
        write(tag: number, .length, to: &output)
        write(varint: UInt64(piece.count), to: &output)
        output += piece
    }

    private static func write(tag number: Int, _ type: WireType, to output: inout [UInt8]) {
        write(varint: UInt64(number) << 3 | type.rawValue, to: &output)
    }

    private static func write(varint value: UInt64, to output: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            output.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        output.append(UInt8(value))
    }
}
