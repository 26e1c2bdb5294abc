extension RoutingDocument: Codable {
    private enum CodingKeys: String, CodingKey { case schema, values, secrets }

    /// Decodes a document; its secrets are withheld.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(try container.decode(RoutingSchema.self, forKey: .schema))
        for (name, value) in try container.decode([String: JSON].self, forKey: .values) {
            try set(name, value, strangers: .kept)
        }
        withheld = try container.decode(Set<String>.self, forKey: .secrets)
    }

    /// Encodes everything but the secrets, of which it only says where they were.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(schema, forKey: .schema)
        try container.encode(values, forKey: .values)
        try container.encode(withheld.union(secrets.keys).sorted(), forKey: .secrets)
    }
}
