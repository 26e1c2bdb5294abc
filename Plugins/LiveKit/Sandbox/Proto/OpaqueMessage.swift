import SwitchboardCore

/// A message whose fields are not known here.
///
/// What comes as JSON is kept as it came and is empty in binary form. What comes in binary form is kept byte by byte and
/// is an object with the one member `@protobuf` in JSON, from which it is read again; so a client that reads a thing and
/// sends it back loses nothing.
enum OpaqueMessage {
    private static let member = "@protobuf"

    /// The JSON of bytes that follow those of an earlier occurrence: messages merge by being appended.
    static func json(_ bytes: some Sequence<UInt8>, after earlier: ProtoValue?) -> JSON {
        var whole: [UInt8] = []
        if case .anyMessage(let json)? = earlier { whole = Self.bytes(json) }
        return [member: .string(Base64URL.encode(whole + bytes))]
    }

    /// The bytes that JSON was made of; none for JSON that came as such.
    static func bytes(_ json: JSON) -> [UInt8] { json[member]?.text.flatMap(Base64URL.decode) ?? [] }
}
