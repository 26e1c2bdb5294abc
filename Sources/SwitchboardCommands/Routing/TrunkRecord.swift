import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

extension RecordTypes {
    /// The text `trunk`; a password is told only as being there.
    static let trunk = RecordType(
        name: "trunk", summary: "a SIP trunk that calls come in or go out by", columns: TrunkEntry.columns)
}

extension Value {
    /// The record `trunk`.
    init(_ entry: TrunkEntry) { self = .record(Record("trunk", entry, columns: TrunkEntry.columns)) }
}

extension TrunkEntry {
    fileprivate typealias Column = RoutingColumn<TrunkEntry>

    fileprivate static let columns: [Column] =
        [
            Column("id", .id(nil), "the workspace's own id, or LiveKit's where it was made elsewhere") { .id($0.id) },
            Column("name", .string, "the name that commands take") { .string($0.name) },
            // Whose numbers it carries: any carrier's where it was made here; of others only the platform is known.
            Column("kind", .string, "whose numbers it carries") { .string($0.row?.kind ?? $0.platform) },
            Column("direction", .string, "inbound, outbound or both") { .string($0.direction) },
            field("numbers"), field("address"), field("allowed_addresses"), field("allowed_numbers"),
            field("transport"), field("media.encryption", as: "media_encryption"), field("auth_username"),
            Column("auth_password_set", .bool, "whether a password is set; it is never shown") { entry in
                .bool(entry.halves.contains(where: \.hasPassword))
            },
            Column("metadata", .string, "any text, kept with the trunk") { .string($0.halves.first?.metadata ?? "") },
        ]
        + [
            "auth_realm", "from_host", "destination_country", "krisp_enabled", "ringing_timeout",
            "max_call_duration", "headers", "headers_to_attributes", "attributes_to_headers", "include_headers",
        ].map { field($0) } + [
            field("media.codecs", as: "codecs"), field("media.only_listed_codecs", as: "only_listed_codecs"),
            field("media.media_timeout", as: "media_timeout"),
            Column("livekit_inbound_trunk_id", .optional(.string), "LiveKit's id of the half that calls come in by") {
                .text($0.id(of: .inbound))
            },
            Column("livekit_outbound_trunk_id", .optional(.string), "LiveKit's id of the half that calls go out by") {
                .text($0.id(of: .outbound))
            },
            Column("livekit_dispatch_rule_id", .optional(.string), "the dispatch rule that was made with it") {
                .text($0.ruleID)
            },
            Column("created_at", .optional(.time), "when it was made") { entry in
                let told = entry.halves.lazy.compactMap { Timestamp.parse($0.document.text("created_at")) }.first
                return (told ?? entry.row?.createdAt).map { .time($0) } ?? .nothing
            },
            field("updated_at"),
        ]

    /// A field of the half that has it.
    private static func field(_ path: String, as name: String? = nil) -> Column {
        let schema: RoutingSchema = RoutingSchema.inboundTrunk.field(path) == nil ? .outboundTrunk : .inboundTrunk
        return Column(path, as: name, of: schema) { entry in
            entry.halves.map(\.document).first { $0.schema.field(path) != nil }
        }
    }

    private var direction: String { row?.direction.rawValue ?? halves.first?.direction.rawValue ?? "" }

    private func id(of direction: SIPTrunk.Direction) -> String? {
        halves.first { $0.direction == direction }?.id
    }
}
