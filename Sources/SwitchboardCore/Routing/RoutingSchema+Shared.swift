/// Fields that trunks and dispatch rules have alike.
extension RoutingSchema {
    static let createdAt = RoutingField("created_at", .timestamp, .readOnly, "when LiveKit made it")
    static let updatedAt = RoutingField("updated_at", .timestamp, .readOnly, "when it was last changed")

    private static let encryption = choices(
        "SIP_MEDIA_ENCRYPT_", ["disable": "DISABLE", "allow": "ALLOW", "require": "REQUIRE"])

    /// The older home of `media.encryption`; documents keep the value there.
    static let mediaEncryption = RoutingField(
        "media_encryption", encryption, .field, "whether the sound is encrypted (SRTP): disable, allow or require")

    static let media = RoutingField(
        "media", .message(mediaFields), .field, "codecs, encryption and timeout of the sound; set as a whole")

    private static let mediaFields = [
        RoutingField("only_listed_codecs", .flag, .field, "offer the listed codecs and no others"),
        RoutingField("codecs", .messages(codecFields), .field, "codecs by preference, such as PCMU/8000"),
        RoutingField("encryption", encryption, .field, "whether the sound is encrypted: disable, allow or require"),
        RoutingField("media_timeout", .duration, .field, "end the call after this long without sound, at most 10m"),
    ]

    private static let codecFields = [
        RoutingField("name", .text, .field, "the codec's name, without its rate"),
        RoutingField("rate", .count, .field, "samples a second; 0 for the codec's usual rate"),
    ]

    static func choices(_ prefix: String = "", _ words: KeyValuePairs<String, String>) -> RoutingField.Kind {
        .choice(words.map { RoutingField.Choice(word: $0.key, wire: prefix + $0.value) })
    }
}
