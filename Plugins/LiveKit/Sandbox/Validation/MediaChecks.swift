/// What LiveKit looks at in a `SIPMediaConfig` (contract section 4.2).
enum MediaChecks {
    static let all: [Check<ProtoMessage>] = [
        Check("codecs") { $0.messages("codecs").lazy.compactMap { codec.firstFault(in: $0) }.first?.text },
        Check("timeout sign", "media_timeout must not be negative") { timeout($0) < (0, 0) },
        Check("timeout length", "media_timeout must not exceed 10m0s") { timeout($0) > (600, 0) },
    ]

    static let codec: [Check<ProtoMessage>] = [
        Check("codec name given", "missing codec name") { $0.string("name").isEmpty },
        Check("codec name space", "invalid codec name") { codec in
            codec.string("name").unicodeScalars.contains { " \t\n\r".unicodeScalars.contains($0) }
        },
        Check("codec name slash", "codec name must not contain '/'") { $0.string("name").contains("/") },
    ]

    private static func timeout(_ media: ProtoMessage) -> (Int64, Int32) {
        guard case .duration(let duration)? = media["media_timeout"] else { return (0, 0) }
        return (duration.seconds, duration.nanoseconds)
    }
}
