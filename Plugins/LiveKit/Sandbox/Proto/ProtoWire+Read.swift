/// Protobuf's binary form of messages, by the field numbers of their schemas (contract section 1.5).
enum ProtoWire {
    typealias Malformed = ProtoReader.Malformed

    /// Reads a message as Go's library does.
    ///
    /// Unknown fields and known ones of another wire type are skipped, the last of several values counts, messages that
    /// come twice are merged, repeated numbers may be packed or not. A duration or moment that has no JSON form is
    /// refused here already, where Go would fail to print it.
    static func read(_ bytes: [UInt8], as schema: ProtoSchema) throws(Malformed) -> ProtoMessage {
        var message = ProtoMessage(schema)
        try merge(WireCursor(bytes), into: &message)
        return message
    }

    private static func merge(_ whole: WireCursor, into message: inout ProtoMessage) throws(Malformed) {
        var cursor = whole
        while !cursor.isAtEnd {
            let tag = try cursor.tag()
            guard let field = message.schema.field(number: tag.number), field.takes(tag.type) else {
                try cursor.skip(tag)
                continue
            }
            for other in message.schema.rivals(of: field) { message[other] = nil }
            try merge(&cursor, tag.type, field, &message)
        }
    }

    /// Values are taken out of the message while they grow, so that they grow in place.
    private static func merge(
        _ cursor: inout WireCursor, _ type: WireType, _ field: ProtoField, _ message: inout ProtoMessage
    ) throws(Malformed) {
        switch field.kind {
        case _ where field.presence == .repeated:
            var list = message.takeList(field.name)
            try append(&cursor, type, field, to: &list)
            message[field.name] = field.normal(.list(list))
        case .map:
            var map = message.takeMap(field.name)
            let entry = try entry(cursor.piece())
            map[entry.key] = entry.value
            message[field.name] = .map(map)
        case .message(let schema):
            var inner = message.takeMessage(field.name) ?? ProtoMessage(schema)
            try merge(cursor.piece(), into: &inner)
            message.set(field.name, inner)
        case .anyMessage:
            var bytes = message.takeOpaque(field.name)
            bytes += try cursor.piece().rest
            message[field.name] = .anyMessage(.binary(bytes))
        default:
            message[field.name] = field.normal(try single(&cursor, field.kind, after: message[field.name]))
        }
    }

    private static func append(
        _ cursor: inout WireCursor, _ type: WireType, _ field: ProtoField, to list: inout [ProtoValue]
    ) throws(Malformed) {
        guard type == .length, field.kind.wireType != .length else {
            return list.append(try single(&cursor, field.kind, after: nil))
        }
        var packed = try cursor.piece()
        while !packed.isAtEnd { list.append(try single(&packed, field.kind, after: nil)) }
    }

    private static func single(
        _ cursor: inout WireCursor, _ kind: ProtoField.Kind, after earlier: ProtoValue?
    ) throws(Malformed) -> ProtoValue {
        switch kind {
        case .string: return .string(try cursor.text())
        case .int32: return .integer(Int64(Int32(truncatingIfNeeded: try cursor.varint())))
        case .uint32: return .integer(Int64(UInt32(truncatingIfNeeded: try cursor.varint())))
        case .enumeration: return .enumeration(Int32(truncatingIfNeeded: try cursor.varint()))
        case .bool: return .bool(try cursor.varint() != 0)
        case .double: return .double(Double(bitPattern: try cursor.fixed64()))
        case .duration: return .duration(try duration(cursor.piece(), after: earlier))
        case .timestamp: return .timestamp(try timestamp(cursor.piece(), after: earlier))
        case .message(let schema):
            var message = ProtoMessage(schema)
            try merge(cursor.piece(), into: &message)
            return .message(message)
        case .map, .anyMessage: throw Malformed()
        }
    }

    private static func entry(_ whole: WireCursor) throws(Malformed) -> (key: String, value: String) {
        var cursor = whole
        var entry = (key: "", value: "")
        while !cursor.isAtEnd {
            let tag = try cursor.tag()
            switch (tag.number, tag.type) {
            case (1, .length): entry.key = try cursor.text()
            case (2, .length): entry.value = try cursor.text()
            default: try cursor.skip(tag)
            }
        }
        return entry
    }

    private static func duration(_ piece: WireCursor, after earlier: ProtoValue?) throws(Malformed) -> ProtoDuration {
        var parts: (seconds: Int64, nanoseconds: Int32) = (0, 0)
        if case .duration(let duration)? = earlier { parts = (duration.seconds, duration.nanoseconds) }
        try read(&parts, from: piece)
        guard let duration = ProtoDuration(seconds: parts.seconds, nanoseconds: parts.nanoseconds) else {
            throw Malformed()
        }
        return duration
    }

    private static func timestamp(_ piece: WireCursor, after earlier: ProtoValue?) throws(Malformed) -> ProtoTimestamp {
        var parts: (seconds: Int64, nanoseconds: Int32) = (0, 0)
        if case .timestamp(let time)? = earlier { parts = (time.seconds, time.nanoseconds) }
        try read(&parts, from: piece)
        guard let time = ProtoTimestamp(seconds: parts.seconds, nanoseconds: parts.nanoseconds) else {
            throw Malformed()
        }
        return time
    }

    /// `Duration` and `Timestamp` have the same two fields.
    private static func read(
        _ parts: inout (seconds: Int64, nanoseconds: Int32), from piece: WireCursor
    ) throws(Malformed) {
        var cursor = piece
        while !cursor.isAtEnd {
            let tag = try cursor.tag()
            switch (tag.number, tag.type) {
            case (1, .varint): parts.seconds = Int64(bitPattern: try cursor.varint())
            case (2, .varint): parts.nanoseconds = Int32(truncatingIfNeeded: try cursor.varint())
            default: try cursor.skip(tag)
            }
        }
    }
}
