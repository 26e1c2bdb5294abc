extension JSON: Codable {
    /// Decodes any value; members come in the order of their names, and numbers keep their value, not their spelling.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: MemberName.self) {
            let names = container.allKeys.sorted { $0.stringValue < $1.stringValue }
            self = .object(try names.map { Member($0.stringValue, try container.decode(JSON.self, forKey: $0)) })
            return
        }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let text = try? value.decode(String.self) {
            self = .string(text)
        } else if let flag = try? value.decode(Bool.self) {
            self = .bool(flag)
        } else if let integer = try? value.decode(Int64.self) {
            self = .integer(integer)
        } else if let integer = try? value.decode(UInt64.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(String(number))
        } else {
            self = .array(try value.decode([JSON].self))
        }
    }

    /// Encodes the value; of members with one name the last remains.
    public func encode(to encoder: any Encoder) throws {
        if case .object(let members) = self {
            var container = encoder.container(keyedBy: MemberName.self)
            for member in members { try container.encode(member.value, forKey: MemberName(member.name)) }
            return
        }
        var value = encoder.singleValueContainer()
        switch self {
        case .string(let text): try value.encode(text)
        case .bool(let flag): try value.encode(flag)
        case .array(let elements): try value.encode(elements)
        case .number(let text): try Self.encode(number: text, in: &value)
        case .null, .object: try value.encodeNil()
        }
    }

    private static func encode(number text: String, in value: inout any SingleValueEncodingContainer) throws {
        if let integer = Int64(text) {
            try value.encode(integer)
        } else if let integer = UInt64(text) {
            try value.encode(integer)
        } else {
            try value.encode(Double(text))
        }
    }

    private struct MemberName: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }
}
