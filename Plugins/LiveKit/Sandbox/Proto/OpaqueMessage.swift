import SwitchboardCore

/// A message whose fields are not known here.
///
/// What comes as JSON is kept as it came and is empty in binary form. What comes in binary form is kept byte by byte and
/// is an object with the one member `@protobuf` in JSON, from which it is read again; so a client that reads a thing and
/// sends it back loses nothing.
enum OpaqueMessage: Hashable, Sendable {
    case named(JSON)
    case binary([UInt8])

    private static let member = "@protobuf"

    /// Takes the message as it stands in JSON.
    init(_ json: JSON) {
        self = json[Self.member]?.text.flatMap(Base64URL.decode).map { .binary($0) } ?? .named(json)
    }

    var json: JSON {
        switch self {
        case .named(let json): json
        case .binary(let bytes): [Self.member: .string(Base64URL.encode(bytes))]
        }
    }

    var bytes: [UInt8] {
        if case .binary(let bytes) = self { bytes } else { [] }
    }
}
