/// The two namings of a protobuf field in JSON.
enum WireName {
    /// `next_page_token` becomes `nextPageToken`.
    static func camel(_ name: String) -> String {
        var result = ""
        var raises = false
        for character in name {
            if character == "_" {
                raises = true
            } else {
                result += raises ? character.uppercased() : String(character)
                raises = false
            }
        }
        return result
    }
}

/// A member name that is only known while decoding.
struct WireKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// Reads an object as LiveKit's clients have to: either naming, and nothing that is missing is an error.
struct WireReader {
    private let container: KeyedDecodingContainer<WireKey>

    init(_ decoder: any Decoder) throws { container = try decoder.container(keyedBy: WireKey.self) }

    /// The value, or nil where it is missing, null or of another kind.
    func value<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) -> Value? {
        for key in keys(name) {
            if let value = try? container.decodeIfPresent(Value.self, forKey: key) { return value }
        }
        return nil
    }

    /// The text, or an empty one.
    func text(_ name: String) -> String { value(name) ?? "" }

    /// The elements but for null ones; an error where the member is something else than a list of objects.
    func list<Element: Decodable>(_ name: String, of type: Element.Type = Element.self) throws -> [Element] {
        for key in keys(name) {
            if let elements = try container.decodeIfPresent([Element?].self, forKey: key) {
                return elements.compactMap(\.self)
            }
        }
        return []
    }

    private func keys(_ name: String) -> [WireKey] { [WireKey(name), WireKey(WireName.camel(name))] }
}
